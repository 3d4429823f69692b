package io.parley.apps.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.parley.apps.server.ServerSettings.Logged;
import io.parley.apps.server.ServerSettings.Logs;
import java.time.ZoneId;
import java.util.function.Function;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The lines of one server: events, and notes that come whatever is logged. Each server has loggers of its own, so that
 * several in one process do not mix. Any thread may call it; it waits while the output takes nothing, so who must not
 * wait does not call it: the server's events come over a bounded queue, which drops them then.
 */
final class ServerLog {
    /** The key of what happened, in every event. */
    static final String EVENT = "event";

    private static final String NOTES = "notes";

    private final Logger events;
    private final Logger notes;

    ServerLog(Printer printer, Logs logs, ZoneId zone) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Lines lines = new Lines(printer, logs.json() ? new JsonLine(zone) : new PlainLine(zone));
        lines.setContext(context);
        lines.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(lines);
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
     * An event to which fields are added. What is logged at last is how a line for people is made of them, with
     * <code>{room}</code> for the field room; never a value.
     */
    LoggingEventBuilder info(String event) {
        return events.atInfo().addKeyValue(EVENT, event);
    }

    /** The same for what somebody should look at. */
    LoggingEventBuilder warn(String event) {
        return events.atWarn().addKeyValue(EVENT, event);
    }

    /** The same for what is logged where connections are. */
    LoggingEventBuilder debug(String event) {
        return events.atDebug().addKeyValue(EVENT, event);
    }

    /** Tells the operator something, even where nothing is logged. */
    void note(String event, String text) {
        notes.atInfo().addKeyValue(EVENT, event).addKeyValue("text", text).log("{text}");
    }

    /** Tells the operator of a danger, even where nothing is logged. */
    void warning(String event, String text) {
        notes.atWarn().addKeyValue(EVENT, event).addKeyValue("text", text).log("WARNING: {text}");
    }
}
