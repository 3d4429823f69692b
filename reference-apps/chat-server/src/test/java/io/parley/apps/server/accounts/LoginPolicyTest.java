package io.parley.apps.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.policy.ChatPolicy.Applicant;
import io.parley.policy.ChatPolicy.Decision;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may log in, with which name and password. */
class LoginPolicyTest {
    private final AtomicLong clock = new AtomicLong();

    private static Applicant from(String name, String address) {
        return new Applicant(name, "test", new InetSocketAddress(address, 1), null);
    }

    private static Decision login(LoginPolicy door, String name, String address, String password) {
        return door.login(from(name, address), password).toCompletableFuture().join();
    }

    @Test
    void theDoorLetsInWhoKnowsThePassword() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            assertThat(login(door, "Anna", "192.0.2.1", "secret").allowed()).isTrue();
            assertThat(login(door, "anna", "192.0.2.1", "guess").reason()).isEqualTo("wrong name or password");
            assertThat(login(door, "nobody", "192.0.2.1", "guess").reason()).isEqualTo("wrong name or password");
            assertThat(door.enter(from("anna", "192.0.2.1"))
                            .toCompletableFuture()
                            .join()
                            .allowed())
                    .isFalse();
            assertThat(door.enter(from("bob", "192.0.2.1"))
                            .toCompletableFuture()
                            .join()
                            .allowed())
                    .isTrue();
            door.accounts(Accounts.none());
            assertThat(login(door, "anna", "192.0.2.1", "secret").allowed()).isFalse();
        }
        try (LoginPolicy door = new LoginPolicy(Accounts.none(), false, clock::get)) {
            assertThat(door.enter(from("bob", "192.0.2.1"))
                            .toCompletableFuture()
                            .join()
                            .allowed())
                    .isFalse();
        }
    }

    @Test
    void whoGuessesWaitsAndTheOwnerComesInFromElsewhere() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            for (int i = 0; i < 5; i++) {
                assertThat(login(door, "anna", "192.0.2.1", "guess").reason()).startsWith("wrong");
            }
            assertThat(login(door, "anna", "192.0.2.1", "secret").reason()).startsWith("too many wrong passwords");
            assertThat(login(door, "anna", "192.0.2.2", "secret").allowed()).isTrue();
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1) + 1);
            assertThat(login(door, "anna", "192.0.2.1", "guess").reason()).startsWith("wrong");
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1) + 1);
            assertThat(login(door, "anna", "192.0.2.1", "secret").reason()).startsWith("too many wrong passwords");
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            assertThat(login(door, "anna", "192.0.2.1", "secret").allowed()).isTrue();
        }
    }

    @Test
    void oneNameSpeltInOtherWaysIsOneName() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            for (String name : List.of("anna", "Anna", "ANNA", "aNNa", "\uFF41\uFF4E\uFF4E\uFF41")) {
                assertThat(login(door, name, "192.0.2.1", "guess").reason()).startsWith("wrong");
            }
            assertThat(login(door, "annA", "192.0.2.1", "secret").reason()).startsWith("too many wrong passwords");
        }
    }

    @Test
    void whatIsNoNameIsDenied() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            for (int i = 0; i < 10; i++) {
                assertThat(login(door, "no name", "192.0.2.1", "guess").reason())
                        .isEqualTo("wrong name or password");
            }
        }
    }

    @Test
    void guessesSentAtOnceAreNotAllLookedAt() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            List<CompletableFuture<Decision>> answers = Stream.generate(
                            () -> door.login(from("anna", "192.0.2.1"), "guess").toCompletableFuture())
                    .limit(20)
                    .toList();
            assertThat(answers.stream().map(answer -> answer.join().reason()))
                    .filteredOn(reason -> reason.startsWith("wrong"))
                    .hasSize(5);
        }
    }
}
