package io.parley.apps.server.options;

import io.parley.apps.terminal.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the value of an option: 30s, 10m, 2h, 7d. Any thread may call it. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String word) {
        Duration time = Durations.parse(word);
        if (time == null) {
            throw new TypeConversionException(Durations.invalid(word));
        }
        return time;
    }
}
