package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.evidence.Checker;
import io.parley.apps.benchmarks.evidence.Evidence;
import io.parley.apps.benchmarks.evidence.Said;
import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.model.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Whether promises were kept in a run, and its figures. One thread. */
final class Verdict {
    private final List<String> lines = new ArrayList<>();
    private final Map<Said.Outcome, Integer> outcomes = new EnumMap<>(Said.Outcome.class);
    private final Tally tally;
    private boolean clean = true;

    private Verdict(Tally tally) {
        this.tally = tally;
    }

    /**
     * Compares what was said, acknowledged, shown and kept.
     *
     * @param evidence of all clients and of the journal
     * @param tally what clients were told besides
     * @param seconds how long they talked
     * @param mayFail whether messages may be refused since the journal cannot keep them now
     */
    static Verdict of(List<Evidence> evidence, Tally tally, double seconds, boolean mayFail) {
        Verdict verdict = new Verdict(tally);
        verdict.compare(evidence, seconds, mayFail);
        return verdict;
    }

    private void compare(List<Evidence> evidence, double seconds, boolean mayFail) {
        Checker checker = Checker.of(evidence);
        for (Said.Outcome outcome : Said.Outcome.values()) {
            outcomes.put(outcome, 0);
        }
        evidence.forEach(one -> one.said().forEach(said -> outcomes.merge(said.outcome(), 1, Integer::sum)));
        outcomes.forEach((outcome, count) -> add("said, " + outcome + ": " + count));
        add("said, UNKNOWN but shown: " + Checker.unknownShown(evidence));
        add("acknowledged a second: " + Math.round(acknowledged() / seconds));
        add("messages checked: "
                + evidence.stream().mapToLong(one -> one.shown().size()).sum());
        tally.refusals().forEach((code, count) -> add("refused with " + code + ": " + count));
        add("longest wait for an outcome: " + tally.longestWaitMillis() + " ms");
        checker.counts().forEach((wrong, count) -> must(wrong.toString(), count));
        must("without an outcome", count(Said.Outcome.OPEN));
        must("of unknown outcome", count(Said.Outcome.UNKNOWN));
        if (mayFail) {
            int allowed = tally.refusals().getOrDefault(ErrorCode.name(ErrorCode.UNAVAILABLE), 0);
            must("failed for another reason than UNAVAILABLE", count(Said.Outcome.FAILED) - allowed);
        } else {
            must("failed", count(Said.Outcome.FAILED));
        }
        for (Tally.Event event : Tally.Event.values()) {
            if (event == Tally.Event.RESUMED) {
                add(event + ": " + tally.total(event));
            } else {
                must(event.toString(), tally.total(event));
            }
        }
        checker.examples().forEach(words -> add("! " + words));
        tally.notes().forEach(words -> add("! " + words));
    }

    int acknowledged() {
        return count(Said.Outcome.ACKNOWLEDGED);
    }

    private int count(Said.Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** Adds a figure. */
    void add(String line) {
        lines.add(line);
    }

    /** Adds a histogram of milliseconds. */
    void add(String what, Histogram millis) {
        add(String.format(
                "%s: p50 %d, p99 %d, max %d ms",
                what, millis.getValueAtPercentile(50), millis.getValueAtPercentile(99), millis.getMaxValue()));
    }

    /** Adds a figure that must be zero. */
    void must(String what, long count) {
        add(what + ": " + count + (count == 0 ? "" : " !"));
        clean &= count == 0;
    }

    /** Adds a figure that must not be less than another. */
    void atLeast(String what, long count, long least) {
        boolean enough = count >= least;
        add(what + ": " + count + (enough ? "" : " ! of at least " + least));
        clean &= enough;
    }

    boolean isClean() {
        return clean;
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator() + (clean ? "PASSED" : "FAILED");
    }
}
