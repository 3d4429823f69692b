package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.MemoryJournal;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Answer;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One address sends random names, another wrong passwords for the owner: the owner logs in all the same. */
class FloodTest {
    private static final String OWNER = "anna";
    private static final String GOOD = "correct horse";
    private static final String RANDOM = "192.0.2.10";
    private static final String WRONG = "192.0.2.11";

    private final Random random = new Random(7);

    private static Answer login(World world, String name, String password, String address) {
        return world.accounts.login(World.applicant(name, new Credentials.Password(password), address));
    }

    @Test
    void nobodyKeepsTheOwnerOut() {
        try (World world = new World(MemoryJournal.withDefaults(), builder -> builder)) {
            world.accounts.create(OWNER, GOOD).join();
            List<Answer> flood = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                for (int each = 0; each < 40; each++) {
                    String name = "u" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
                    flood.add(login(world, name, GOOD, RANDOM));
                    flood.add(login(world, OWNER, "wrong " + each, WRONG));
                }
                assertThat(World.decided(login(world, OWNER, GOOD, "192.0.2.12")))
                        .as("login %s of the owner", i)
                        .isInstanceOf(Decision.Admit.class);
            }
            assertThat(flood.stream().map(World::decided).map(World::reason))
                    .containsOnly(Reason.FORBIDDEN, Reason.RATE_LIMITED);
        }
    }

    /** At any moment one task of each other source is before the owner's, and those at work. */
    @Test
    void whoHasNoPlaceIsToldWhenToComeAgain() {
        try (World world = new World(MemoryJournal.withDefaults(), builder -> builder)) {
            List<Decision> decisions = new ArrayList<>();
            List<Answer> flood = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                flood.add(login(world, "user" + i, GOOD, RANDOM));
            }
            flood.forEach(answer -> decisions.add(World.decided(answer)));
            assertThat(decisions)
                    .anySatisfy(decision -> assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, no -> {
                        assertThat(no.reason()).isEqualTo(Reason.RATE_LIMITED);
                        assertThat(no.retryAfterMillis()).isEqualTo(2_000);
                    }));
        }
    }
}
