package io.parley.apps.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.parley.apps.terminal.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * The fields of a logged event, in their order: numbers and truth values as they are, everything else as text made
 * harmless. Every form of the log takes them from here, so none can forget it. Any thread may call it.
 */
final class Fields {
    private Fields() {}

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
