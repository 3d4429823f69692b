package io.parley.accounts;

import static io.parley.accounts.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.MemoryJournal;
import io.parley.journal.NotKeptException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Answer;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Accounts that users make. */
class RegistrationTest {
    private static final String GOOD = "correct horse";

    private final Doubtful journal = new Doubtful(MemoryJournal.withDefaults());

    private World world(Registration mode) {
        return new World(journal, builder -> builder.registration(mode).reserve("operator"));
    }

    @Test
    void offMakesNone() {
        try (World world = new World(journal, builder -> builder)) {
            assertThat(reason(world.register("anna", GOOD, ""))).isEqualTo(Reason.FORBIDDEN);
            assertThat(world.accounts.list()).isEmpty();
        }
    }

    @Test
    void openMakesOneForEverybody() {
        try (World world = world(Registration.OPEN)) {
            assertThat(World.user(world.register("Anna", GOOD, "")).name()).isEqualTo("Anna");
            assertThat(world.login("anna", GOOD)).isInstanceOf(Decision.Admit.class);
            assertThat(reason(world.register("ANNA", GOOD, ""))).isEqualTo(Reason.NAME_TAKEN);
            assertThat(reason(world.register("operator", GOOD, ""))).isEqualTo(Reason.NAME_TAKEN);
            assertThat(reason(world.register("bob", "short", ""))).isEqualTo(Reason.BAD_REQUEST);
            assertThat(reason(world.register("bob", GOOD, "a word too many"))).isEqualTo(Reason.BAD_REQUEST);
        }
    }

    @Test
    void aCodeIsGoodOnce() {
        try (World world = world(Registration.CODE)) {
            String code = world.accounts.invite().join();
            assertThat(reason(world.register("anna", GOOD, ""))).isEqualTo(Reason.FORBIDDEN);
            assertThat(reason(world.register("anna", GOOD, "guess"))).isEqualTo(Reason.FORBIDDEN);
            assertThat(reason(world.register("anna", "short", code))).isEqualTo(Reason.BAD_REQUEST);
            assertThat(world.register("anna", GOOD, " " + code.toUpperCase(Locale.ROOT)))
                    .isInstanceOf(Decision.Admit.class);
            assertThat(reason(world.register("bob", GOOD, code))).isEqualTo(Reason.FORBIDDEN);
            assertThat(world.accounts.invitations()).isZero();
        }
        try (World later = world(Registration.CODE)) {
            assertThat(later.accounts.invitations()).isZero();
        }
    }

    @Test
    void aCodeWithoutAnAccountStaysGood() {
        try (World world = world(Registration.CODE)) {
            String code = world.accounts.invite().join();
            journal.beforePut = new NotKeptException("no space");
            assertThat(reason(world.register("anna", GOOD, code))).isEqualTo(Reason.UNAVAILABLE);
            journal.beforePut = null;
            assertThat(world.register("anna", GOOD, code)).isInstanceOf(Decision.Admit.class);
            // Kept, though nobody was told: the code is used up.
            String other = world.accounts.invite().join();
            journal.put = kept -> CompletableFuture.failedFuture(new IOException("the answer is lost"));
            assertThat(reason(world.register("bob", GOOD, other))).isEqualTo(Reason.UNAVAILABLE);
            journal.put = kept -> kept;
            assertThat(reason(world.register("carol", GOOD, other))).isEqualTo(Reason.FORBIDDEN);
            assertThat(world.login("bob", GOOD)).isInstanceOf(Decision.Admit.class);
        }
    }

    @Test
    void guessedCodesSlowTheirAddress() {
        try (World world = world(Registration.CODE)) {
            String code = world.accounts.invite().join();
            for (int i = 0; i < 5; i++) {
                assertThat(reason(world.register("anna", GOOD, "guess " + i))).isEqualTo(Reason.FORBIDDEN);
            }
            assertThat(reason(world.register("anna", GOOD, code))).isEqualTo(Reason.RATE_LIMITED);
            assertThat(world.register("anna", GOOD, code, "192.0.2.2")).isInstanceOf(Decision.Admit.class);
        }
    }

    @Test
    void anAddressMakesFourInAnHour() {
        try (World world = world(Registration.OPEN)) {
            for (int i = 0; i < 4; i++) {
                assertThat(world.register("user" + i, GOOD, "")).isInstanceOf(Decision.Admit.class);
            }
            assertThat(world.register("user4", GOOD, "")).isInstanceOfSatisfying(Decision.Deny.class, no -> {
                assertThat(no.reason()).isEqualTo(Reason.RATE_LIMITED);
                assertThat(no.retryAfterMillis()).isEqualTo(Duration.ofHours(1).toMillis());
            });
            assertThat(world.register("user4", GOOD, "", "192.0.2.2")).isInstanceOf(Decision.Admit.class);
            world.pass(Duration.ofHours(1));
            assertThat(world.register("user5", GOOD, "")).isInstanceOf(Decision.Admit.class);
        }
    }

    /** Whatever the threads do, one of several at once has the name. */
    @Test
    void oneOfSeveralAtOnceWins() {
        try (World world = world(Registration.OPEN)) {
            for (int round = 0; round < 20; round++) {
                List<Answer> answers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    Credentials wanted = new Credentials.Registration(GOOD + i, "");
                    answers.add(world.accounts.login(World.applicant(
                            "racer" + "abcdefghjkmnpqrstuvw".charAt(round), wanted, "198.51.100." + i)));
                }
                List<Decision> decisions = answers.stream().map(World::decided).toList();
                world.pass(Duration.ofHours(1));
                assertThat(decisions.stream().filter(Decision.Admit.class::isInstance))
                        .hasSize(1);
                assertThat(decisions.stream().filter(one -> World.reason(one) == Reason.NAME_TAKEN))
                        .hasSize(7);
            }
        }
    }
}
