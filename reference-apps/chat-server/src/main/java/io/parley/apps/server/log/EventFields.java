package io.parley.apps.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.parley.apps.terminal.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * The fields of a logged event, in their order: numbers and booleans as they are, everything else as text that is made
 * harmless for terminals. All formats of the log use it, so none can forget that. Any thread may call it.
 */
final class EventFields {
    private EventFields() {}

    static Map<String, Object> of(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> fields.put(pair.key, harmless(pair.value)));
        }
        return fields;
    }

    private static Object harmless(Object value) {
        boolean plain = value instanceof Integer || value instanceof Long || value instanceof Boolean;
        return plain ? value : Printable.of(String.valueOf(value));
    }
}
