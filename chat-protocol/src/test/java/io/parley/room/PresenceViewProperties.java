package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Who takes the snapshot of a join and then sets what presence says knows, once it is told, exactly who is there. */
class PresenceViewProperties {
    private static final int USERS = 5;

    /** A member's own view, and its connection. */
    private static final class Viewer {
        private final Reader reader;
        private final Set<String> members = new TreeSet<>();

        Viewer(Reader reader) {
            this.reader = reader;
            reader.snapshot().members().forEach(listed -> members.add(listed.name()));
        }

        void read() {
            for (String line : reader.read()) {
                if (line.startsWith("=")) {
                    for (String word : line.split(" ")) {
                        if (word.startsWith("-")) {
                            members.remove(word.substring(1));
                        } else if (word.startsWith("+")) {
                            members.add(word.substring(1));
                        }
                    }
                }
            }
        }
    }

    /** A user comes or goes, or (below 0) time passes. */
    record Step(int user, boolean pass) {}

    private final TestHub test = TestHub.create();
    private final Room room = test.room("lobby");
    private final List<Peer> peers = new ArrayList<>();
    private final Viewer[] viewers = new Viewer[USERS];

    private void step(Step step) {
        if (peers.isEmpty()) {
            for (int user = 0; user < USERS; user++) {
                peers.add(test.guest("m" + user));
            }
        }
        if (step.pass()) {
            test.pass(60);
            test.hub.tick();
        } else if (viewers[step.user()] == null) {
            viewers[step.user()] = new Viewer(peers.get(step.user()).join("lobby"));
        } else {
            viewers[step.user()].reader.leave();
            viewers[step.user()] = null;
        }
    }

    private void check() {
        test.hub.tick();
        Set<String> there = new TreeSet<>();
        room.members(test.hub.operator(), "", 100).forEach(listed -> there.add(listed.name()));
        for (Viewer viewer : viewers) {
            if (viewer != null) {
                viewer.read();
                assertThat(viewer.members).isEqualTo(there);
            }
        }
    }

    @Property(tries = 1_000, seed = "20260101")
    void everyMemberKnowsWhoIsThere(@ForAll("steps") List<Step> steps) {
        for (Step step : steps) {
            step(step);
        }
        check();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, USERS - 1), Arbitraries.of(false, false, false, true))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(25);
    }

    /** 0 is there; 1 comes (held back), 2 comes and sees 1, 1 goes: 2 has to hear of it. */
    @Example
    void whoWasSeenInASnapshotAndGoesWithinTheBatchIsToldToHaveGone() {
        step(new Step(0, false));
        step(new Step(1, false));
        step(new Step(2, false));
        step(new Step(1, false));
        check();
    }

    /** 1 goes (held back), 2 comes and does not see 1, 1 comes back: 2 has to hear of it. */
    @Example
    void whoIsBackWithinTheBatchIsToldToThoseWhoDidNotSeeIt() {
        step(new Step(0, false));
        step(new Step(1, false));
        test.pass(1_000);
        test.hub.tick();
        step(new Step(3, false));
        step(new Step(1, false));
        step(new Step(2, false));
        step(new Step(1, false));
        check();
    }
}
