package io.parley.apps.benchmarks.logins;

import io.parley.model.ErrorCode;
import io.parley.wire.Refused;
import io.parley.wire.ServerFrame;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How logins were answered, by code, and when they were told to come again. Any thread. */
final class Answers {
    private static final String NONE = "no answer";

    private final Map<String, LongSummaryStatistics> retries = new TreeMap<>(); // by code, in ms; guarded by this

    synchronized void add(@Nullable ServerFrame answer) {
        String code = NONE;
        long retry = 0;
        if (answer instanceof Refused refused) {
            code = ErrorCode.name(refused.code());
            retry = refused.retryAfterMillis();
        } else if (answer != null) {
            code = "accepted";
        }
        retries.computeIfAbsent(code, none -> new LongSummaryStatistics()).accept(retry);
    }

    synchronized long count() {
        return retries.values().stream()
                .mapToLong(LongSummaryStatistics::getCount)
                .sum();
    }

    /** In words. */
    @Override
    public synchronized String toString() {
        return retries.entrySet().stream()
                .map(one -> text(one.getKey(), one.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String text(String code, LongSummaryStatistics retry) {
        String count = String.format("%s %,d", code, retry.getCount());
        return retry.getMax() == 0
                ? count
                : count + String.format(", retryAfter %,d to %,d ms", retry.getMin(), retry.getMax());
    }
}
