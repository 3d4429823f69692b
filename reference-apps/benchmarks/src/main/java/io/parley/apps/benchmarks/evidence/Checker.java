package io.parley.apps.benchmarks.evidence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what the members of rooms were promised with what they were shown. One thread. */
public final class Checker {
    /** What must not happen. */
    public enum Wrong {
        LOST("acknowledged but not shown"),
        PARTLY_SHOWN("shown to others but not to this member"),
        DOUBLED("shown twice"),
        REORDERED("shown in another order than seq"),
        OUT_OF_TURN("shown in another order than said"),
        INVENTED("shown but never said"),
        DIFFERENT("two messages under one seq"),
        WRONG_RECEIPT("receipt with another seq than shown"),
        FAILED_BUT_SHOWN("failed but shown");

        private final String words;

        Wrong(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private record Statement(long user, Said said) {}

    private static final int MOST_EXAMPLES = 20;

    private final Map<Wrong, Integer> counts = new EnumMap<>(Wrong.class);
    private final List<String> examples = new ArrayList<>();

    private Checker() {
        for (Wrong wrong : Wrong.values()) {
            counts.put(wrong, 0);
        }
    }

    /** Checks all rooms. */
    public static Checker of(List<Evidence> all) {
        Checker checker = new Checker();
        all.stream().collect(Collectors.groupingBy(Evidence::room)).values().forEach(checker::room);
        return checker;
    }

    private void room(List<Evidence> members) {
        Map<String, Statement> said = new HashMap<>();
        for (Evidence member : members) {
            member.said().forEach(one -> said.put(one.text(), new Statement(member.user(), one)));
        }
        Map<Long, String> bySeq = new HashMap<>();
        Set<String> shownToAnybody = new HashSet<>();
        for (Evidence member : members) {
            for (Evidence.Shown shown : member.shown()) {
                String before = bySeq.putIfAbsent(shown.seq(), shown.text());
                if (before != null && !before.equals(shown.text())) {
                    count(Wrong.DIFFERENT, member, shown.seq() + " " + before + " | " + shown.text());
                }
                shownToAnybody.add(shown.text());
            }
        }
        for (Evidence member : members) {
            shown(member, said);
            missing(member, said, shownToAnybody);
        }
        for (Statement one : said.values()) {
            if (one.said().outcome() == Said.Outcome.FAILED
                    && shownToAnybody.contains(one.said().text())) {
                count(Wrong.FAILED_BUT_SHOWN, members.get(0), one.said().text());
            }
        }
    }

    private void shown(Evidence member, Map<String, Statement> said) {
        Set<String> texts = new HashSet<>();
        Map<Long, Integer> last = new HashMap<>(); // the last number of each author
        long lastSeq = Long.MIN_VALUE;
        for (Evidence.Shown shown : member.shown()) {
            Statement source = said.get(shown.text());
            if (source == null || source.user() != shown.author()) {
                count(Wrong.INVENTED, member, shown.seq() + " " + shown.text());
            } else if (!texts.add(shown.text())) {
                count(Wrong.DOUBLED, member, shown.seq() + " " + shown.text());
            } else {
                Integer before = last.put(shown.author(), source.said().number());
                if (before != null && before > source.said().number()) {
                    count(Wrong.OUT_OF_TURN, member, shown.text() + " after " + before);
                }
                if (source.said().outcome() == Said.Outcome.ACKNOWLEDGED
                        && source.said().seq() != shown.seq()) {
                    count(Wrong.WRONG_RECEIPT, member, shown.seq() + " " + shown.text());
                }
            }
            if (shown.seq() < lastSeq) {
                count(Wrong.REORDERED, member, shown.seq() + " after " + lastSeq);
            }
            lastSeq = shown.seq();
        }
    }

    private void missing(Evidence member, Map<String, Statement> said, Set<String> shownToAnybody) {
        Set<String> seen =
                member.shown().stream().map(Evidence.Shown::text).collect(Collectors.toCollection(HashSet::new));
        for (Statement one : said.values()) {
            String text = one.said().text();
            if (seen.contains(text)) {
                continue;
            }
            if (one.said().outcome() == Said.Outcome.ACKNOWLEDGED) {
                count(Wrong.LOST, member, one.said().seq() + " " + text);
            } else if (shownToAnybody.contains(text)) {
                count(Wrong.PARTLY_SHOWN, member, text);
            }
        }
    }

    private void count(Wrong wrong, Evidence member, String what) {
        counts.merge(wrong, 1, Integer::sum);
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(wrong + ": " + member.name() + " in " + member.room() + ": " + what);
        }
    }

    /** How many messages of unknown outcome were shown to anybody. */
    public static long unknownShown(List<Evidence> all) {
        Set<String> shown = all.stream()
                .flatMap(member -> member.shown().stream())
                .map(Evidence.Shown::text)
                .collect(Collectors.toCollection(HashSet::new));
        return all.stream()
                .flatMap(member -> member.said().stream())
                .filter(one -> one.outcome() == Said.Outcome.UNKNOWN && shown.contains(one.text()))
                .count();
    }

    /** How often each happened. */
    public Map<Wrong, Integer> counts() {
        return counts;
    }

    /** Some of what happened, in words. */
    public List<String> examples() {
        return examples;
    }

    /** Whether nothing happened that must not. */
    public boolean isClean() {
        return counts.values().stream().allMatch(count -> count == 0);
    }
}
