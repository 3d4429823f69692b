package io.parley.apps.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats an event as a line of text: the time, the event, its details. A note is only its text. Any thread may call it. */
final class PlainLine implements Function<ILoggingEvent, String> {
    private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z]+)}");

    private final DateTimeFormatter time;

    PlainLine(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    }

    @Override
    public String apply(ILoggingEvent event) {
        Map<String, Object> fields = EventFields.of(event);
        String details = FIELD.matcher(String.valueOf(event.getMessage()))
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(fields.get(found.group(1)))));
        return ServerLog.isNote(event)
                ? details
                : String.format("%s %-5s %s", time.format(event.getInstant()), fields.get(ServerLog.EVENT), details);
    }
}
