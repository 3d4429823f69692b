package io.parley.apps.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What the libraries log, Parley's own with them: their warnings, on the standard error, with where they come from. The
 * server's events go another way. Logback finds
 * this class by the service loader and calls it once.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LibraryLogs extends ContextAwareBase implements Configurator {
    /** For the service loader. */
    public LibraryLogs() {}

    /** Prints warnings. */
    private static final class Warnings extends UnsynchronizedAppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            Printer err = new Printer(System.err);
            err.line(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                ThrowableProxyUtil.asString(event.getThrowableProxy())
                        .lines()
                        .forEach(line -> err.line("    " + line.strip()));
            }
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Warnings warnings = new Warnings();
        warnings.setContext(context);
        warnings.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(warnings);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
