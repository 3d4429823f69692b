package io.parley.apps.benchmarks.chaos;

import io.parley.apps.benchmarks.evidence.Checker;
import io.parley.apps.benchmarks.evidence.Evidence;
import io.parley.apps.benchmarks.evidence.Said;
import io.parley.apps.benchmarks.evidence.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run found. Immutable, for any thread.
 *
 * @param setting how it was made
 * @param findings what was found
 * @param start what the process held before
 * @param end what it holds after everything is closed
 */
record Report(Setting setting, Findings findings, Census start, Census end) {
    /**
     * Figures of a run, without what they were made from.
     *
     * @param outcomes how many messages of each outcome
     * @param unknownShown how many of unknown outcome were shown
     * @param shown how many were shown, over all members
     * @param wrong what must not happen
     * @param events what clients were told
     * @param faults how often each fault struck
     * @param claimsRight claimed sessions that exactly one had
     * @param claimsWrong the others
     * @param back microseconds from a connection that was let through to the first message
     * @param settledMillis how long it took to settle
     * @param connectionsLeft connections of the server when all clients have gone
     * @param usersLeft users of the server then
     * @param words some of what went wrong
     */
    record Findings(
            Map<Said.Outcome, Integer> outcomes,
            long unknownShown,
            long shown,
            Map<Checker.Wrong, Integer> wrong,
            Map<Tally.Event, Integer> events,
            Map<Fault, Integer> faults,
            int claimsRight,
            int claimsWrong,
            Histogram back,
            long settledMillis,
            int connectionsLeft,
            int usersLeft,
            List<String> words) {

        static Findings of(
                List<Evidence> evidence,
                Tally tally,
                Map<Fault, Integer> faults,
                Claims claims,
                long settledMillis,
                int connectionsLeft,
                int usersLeft) {
            Checker checker = Checker.of(evidence);
            Map<Said.Outcome, Integer> outcomes = new EnumMap<>(Said.Outcome.class);
            for (Said.Outcome outcome : Said.Outcome.values()) {
                outcomes.put(outcome, 0);
            }
            evidence.forEach(one -> one.said().forEach(said -> outcomes.merge(said.outcome(), 1, Integer::sum)));
            Map<Tally.Event, Integer> events = new EnumMap<>(Tally.Event.class);
            for (Tally.Event event : Tally.Event.values()) {
                events.put(event, tally.total(event));
            }
            List<String> words = new ArrayList<>(checker.examples());
            words.addAll(tally.notes());
            return new Findings(
                    outcomes,
                    Checker.unknownShown(evidence),
                    evidence.stream().mapToLong(one -> one.shown().size()).sum(),
                    checker.counts(),
                    events,
                    faults,
                    claims.right(),
                    claims.wrong(),
                    tally.backMicros().copy(),
                    settledMillis,
                    connectionsLeft,
                    usersLeft,
                    words);
        }
    }

    /** Whether nothing happened that must not. */
    boolean isClean() {
        boolean told = findings.events.entrySet().stream()
                .allMatch(event -> event.getKey() == Tally.Event.RESUMED || event.getValue() == 0);
        return told
                && findings.wrong.values().stream().allMatch(count -> count == 0)
                && findings.outcomes.getOrDefault(Said.Outcome.OPEN, 0) == 0
                && findings.outcomes.getOrDefault(Said.Outcome.FAILED, 0) == 0 // everybody is a member all the time
                && findings.claimsWrong == 0;
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("chaos over " + setting);
        findings.faults.forEach((fault, count) -> lines.add("fault " + fault + ": " + count));
        int faults =
                findings.faults.values().stream().mapToInt(Integer::intValue).sum();
        long every = setting.time().toMillis() * setting.clients() / Math.max(1, faults);
        lines.add("a fault of each client every: " + every + " ms");
        findings.outcomes.forEach((outcome, count) -> lines.add("said, " + outcome + ": " + count));
        lines.add("said, UNKNOWN but shown: " + findings.unknownShown);
        lines.add("shown to members: " + findings.shown);
        findings.wrong.forEach((wrong, count) -> lines.add(wrong + ": " + count));
        findings.events.forEach((event, count) -> lines.add(event + ": " + count));
        lines.add("claimed by two, one has it: " + findings.claimsRight);
        lines.add("claimed by two, none or both: " + findings.claimsWrong);
        lines.add("let through to first message, count: " + findings.back.getTotalCount());
        lines.add("let through to first message, p50: " + millis(findings.back.getValueAtPercentile(50)));
        lines.add("let through to first message, p99: " + millis(findings.back.getValueAtPercentile(99)));
        lines.add("let through to first message, max: " + millis(findings.back.getMaxValue()));
        lines.add("settled after: " + findings.settledMillis + " ms");
        lines.add("connections left when the clients closed: " + findings.connectionsLeft);
        lines.add("users left when the clients closed: " + findings.usersLeft);
        lines.add("at start: " + start);
        lines.add("after closing: " + end);
        findings.words.forEach(words -> lines.add("! " + words));
        lines.add(isClean() ? "PASSED" : "FAILED");
        return String.join(System.lineSeparator(), lines);
    }

    private static String millis(long micros) {
        return micros / 1_000 + "." + micros % 1_000 / 100 + " ms";
    }
}
