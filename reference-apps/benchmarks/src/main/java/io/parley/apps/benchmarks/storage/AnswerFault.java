package io.parley.apps.benchmarks.storage;

import java.util.Locale;

/** What becomes of the answer to an append. */
enum AnswerFault {
    /** It was kept, and a failure that says nothing is reported. */
    LOST(8),
    /** It was kept, and the answer comes three seconds late. */
    LATE_3S(3),
    /** It was kept, and the answer comes twelve seconds late: it was asked again meanwhile. */
    LATE_12S(1),
    /** Nothing was done, and a failure that says nothing is reported. */
    NOT_DONE(4),
    /** It was kept, and there is no answer. */
    NEVER(1),
    /** A failure is reported at once, and it is kept four seconds later; until then all that is repeated fails. */
    LATE_COMMIT(2),
    /** The same, but what is repeated is kept before: the late one finds another head. */
    LATE_COMMIT_AFTER_ANOTHER(2);

    private final int weight;

    AnswerFault(int weight) {
        this.weight = weight;
    }

    /** How often it comes, beside the others. */
    int weight() {
        return weight;
    }

    /** The name that is printed. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
