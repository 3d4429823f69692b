package io.parley.apps.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.parley.apps.server.terminal.Printer;

/**
 * Prints the warnings that libraries log, Parley among them, on the standard error. The events of the server go to {@link
 * ServerLog}. Logback finds this class by the service loader and calls it once.
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
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(warnings);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
