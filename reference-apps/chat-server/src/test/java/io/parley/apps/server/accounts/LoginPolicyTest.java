package io.parley.apps.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.names.LookAlikeNames;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may log in, with which name and password. */
class LoginPolicyTest {
    private final AtomicLong clock = new AtomicLong();

    private static final NamePolicy NAMES = LookAlikeNames.INSTANCE;

    private static Applicant from(String name, String address, @Nullable String password) {
        return Applicant.of(
                NAMES,
                name,
                password == null ? Credentials.NONE : new Credentials.Password(password),
                "test",
                "native",
                new InetSocketAddress(address, 1),
                null);
    }

    private static CompletableFuture<Decision> asked(LoginPolicy door, String name, String address, String password) {
        Answer answer = door.login(from(name, address, password));
        return answer instanceof Answer.Later later
                ? later.decision().<Decision>thenApply(decision -> decision).toCompletableFuture()
                : CompletableFuture.completedFuture((Decision) answer);
    }

    private static Decision login(LoginPolicy door, String name, String address, String password) {
        return asked(door, name, address, password).join();
    }

    private static boolean isIn(LoginPolicy door, String name, String address, String password) {
        return login(door, name, address, password) instanceof Decision.Admit;
    }

    private static String refusal(LoginPolicy door, String name, String address, String password) {
        return ((Decision.Deny) login(door, name, address, password)).text();
    }

    @Test
    void theDoorLetsInWhoKnowsThePassword() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            assertThat(isIn(door, "Anna", "192.0.2.1", "secret")).isTrue();
            assertThat(refusal(door, "anna", "192.0.2.1", "guess")).isEqualTo("wrong name or password");
            assertThat(refusal(door, "nobody", "192.0.2.1", "guess")).isEqualTo("wrong name or password");
            for (String name :
                    List.of("Anna", "[anna]", "\u0391\u039d\u039d\u0391", "\uff41nna")) { // one in Greek capitals
                assertThat(door.account(NAMES.user(name))).isEqualTo(login(door, "Anna", "192.0.2.1", "secret"));
                assertThat(identity(door.account(NAMES.user(name))).id()).isEqualTo("anna");
            }
            assertThat(door.login(from("bob", "192.0.2.1", null))).isEqualTo(Decision.ALLOW);
            assertThat(door.account(NAMES.user("bob"))).isEqualTo(Decision.ALLOW);
            door.accounts(Accounts.none());
            assertThat(door.account(NAMES.user("anna"))).isEqualTo(Decision.ALLOW);
            assertThat(isIn(door, "anna", "192.0.2.1", "secret")).isFalse();
        }
        try (LoginPolicy door = new LoginPolicy(Accounts.none(), false, clock::get)) {
            assertThat(door.login(from("bob", "192.0.2.1", null))).isInstanceOf(Decision.Deny.class);
        }
    }

    @Test
    void anOperatorIsOneByAttribute() {
        Accounts accounts = Accounts.none().with("anna", "secret").withOperator("anna", true);
        try (LoginPolicy door = new LoginPolicy(accounts, true, clock::get)) {
            assertThat(identity(login(door, "Anna", "192.0.2.1", "secret")).attributes())
                    .containsEntry(Identity.OPERATOR, "true");
            assertThat(identity(door.account(NAMES.user("anna"))).attributes())
                    .containsEntry(Identity.OPERATOR, "true");
            door.accounts(accounts.withOperator("anna", false));
            assertThat(identity(login(door, "anna", "192.0.2.1", "secret")).attributes())
                    .doesNotContainKey(Identity.OPERATOR);
        }
    }

    private static Identity identity(Answer answer) {
        return ((Decision.Admit) answer).identity();
    }

    private static UserRef user(Identity identity) {
        return new UserRef(1, identity.id(), identity.name(), identity.name(), identity.attributes());
    }

    @Test
    void aSessionGoesOnAsLongAsItsPasswordIsTheSame() {
        Accounts accounts = Accounts.none().with("anna", "secret");
        try (LoginPolicy door = new LoginPolicy(accounts, true, clock::get)) {
            UserRef anna = user(identity(login(door, "anna", "192.0.2.1", "secret")));
            UserRef bob = user(Identity.guest("bob"));
            assertThat(identity(door.resume(anna)).id()).isEqualTo("anna");
            assertThat(door.resume(bob)).isEqualTo(Decision.ALLOW);
            door.accounts(accounts.withOperator("anna", true));
            assertThat(identity(door.resume(anna)).attributes())
                    .as("what it may do is as it is now")
                    .containsEntry(Identity.OPERATOR, "true");
            door.accounts(accounts.with("anna", "other"));
            assertThat(door.resume(anna)).isInstanceOf(Decision.Deny.class);
            door.accounts(Accounts.none());
            assertThat(door.resume(anna)).isInstanceOf(Decision.Deny.class);
        }
        try (LoginPolicy door = new LoginPolicy(accounts, false, clock::get)) {
            assertThat(door.resume(user(Identity.guest("bob")))).isInstanceOf(Decision.Deny.class);
        }
    }

    @Test
    void whoGuessesWaitsAndTheOwnerComesInFromElsewhere() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            for (int i = 0; i < 5; i++) {
                assertThat(refusal(door, "anna", "192.0.2.1", "guess")).startsWith("wrong");
            }
            assertThat(refusal(door, "anna", "192.0.2.1", "secret")).startsWith("too many wrong passwords");
            assertThat(isIn(door, "anna", "192.0.2.2", "secret")).isTrue();
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1) + 1);
            assertThat(refusal(door, "anna", "192.0.2.1", "guess")).startsWith("wrong");
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1) + 1);
            assertThat(refusal(door, "anna", "192.0.2.1", "secret")).startsWith("too many wrong passwords");
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            assertThat(isIn(door, "anna", "192.0.2.1", "secret")).isTrue();
        }
    }

    @Test
    void oneNameSpeltInOtherWaysIsOneName() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            for (String name : List.of("anna", "Anna", "ANNA", "aNNa", "\uFF41\uFF4E\uFF4E\uFF41")) {
                assertThat(refusal(door, name, "192.0.2.1", "guess")).startsWith("wrong");
            }
            assertThat(refusal(door, "annA", "192.0.2.1", "secret")).startsWith("too many wrong passwords");
        }
    }

    @Test
    void whatIsNoNameIsDenied() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            for (int i = 0; i < 10; i++) {
                assertThat(refusal(door, "no name", "192.0.2.1", "guess")).isEqualTo("wrong name or password");
            }
        }
    }

    @Test
    void guessesSentAtOnceAreNotAllLookedAt() {
        try (LoginPolicy door = new LoginPolicy(Accounts.none().with("anna", "secret"), true, clock::get)) {
            List<CompletableFuture<Decision>> answers = Stream.generate(() -> asked(door, "anna", "192.0.2.1", "guess"))
                    .limit(20)
                    .toList();
            assertThat(answers.stream().map(answer -> ((Decision.Deny) answer.join()).text()))
                    .filteredOn(reason -> reason.startsWith("wrong"))
                    .hasSize(5);
        }
    }
}
