package io.parley.apps.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.apps.server.options.ServerSettings.Logs;
import io.parley.apps.server.terminal.Printer;
import java.time.ZoneId;
import java.util.function.Function;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log of one server: events, and notes, which are logged whatever the settings say. Each server has loggers of its
 * own, so that several servers in one process do not mix. Any thread may call it. It blocks while the output does, so a
 * thread that must not block does not call it.
 */
public final class ServerLog {
    /** The key of the name of an event. */
    static final String EVENT = "event";

    private static final String NOTES = "notes";

    private final Logger events;
    private final Logger notes;

    public ServerLog(Printer printer, Logs logs, ZoneId zone) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Lines lines = new Lines(printer, logs.json() ? new JsonLine(zone) : new PlainLine(zone));
        lines.setContext(context);
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        events = context.getLogger("events");
        events.setLevel(logs.logged() == Logged.NOTHING ? Level.OFF : logs.connections() ? Level.DEBUG : Level.INFO);
        notes = context.getLogger(NOTES);
        notes.setLevel(Level.INFO);
    }

    /** Prints each event as a line. */
    private static final class Lines extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final Printer printer;
        private final Function<ILoggingEvent, String> form;

        Lines(Printer printer, Function<ILoggingEvent, String> form) {
            this.printer = printer;
            this.form = form;
        }

        @Override
        protected void append(ILoggingEvent event) {
            printer.line(form.apply(event));
        }
    }

    static boolean isNote(ILoggingEvent event) {
        return event.getLoggerName().equals(NOTES);
    }

    /**
     * Begins an event, to which the caller adds fields. The caller then logs a template for the line of text, with
     * <code>{room}</code> for the field room, and never a value.
     */
    LoggingEventBuilder info(String event) {
        return events.atInfo().addKeyValue(EVENT, event);
    }

    /** Begins a warning. */
    LoggingEventBuilder warn(String event) {
        return events.atWarn().addKeyValue(EVENT, event);
    }

    /** Begins an event that is logged only if connections are. */
    LoggingEventBuilder debug(String event) {
        return events.atDebug().addKeyValue(EVENT, event);
    }

    /** Logs a note for the operator. */
    public void note(String event, String text) {
        notes.atInfo().addKeyValue(EVENT, event).addKeyValue("text", text).log("{text}");
    }

    /** Logs a warning for the operator, as a note. */
    public void warning(String event, String text) {
        notes.atWarn().addKeyValue(EVENT, event).addKeyValue("text", text).log("WARNING: {text}");
    }
}
