package io.parley.testkit.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** Accounts and their passwords, in a protocol with {@link Ability#ACCOUNTS}. */
public interface GatewayAccountContract extends GatewayBinding {

    private static Stage stage(GatewayBinding binding, Passwords passwords) {
        return Stage.open(binding, builder -> builder.policy(passwords));
    }

    /** An account logs in with its password, and with no other. */
    @Test
    default void anAccountLogsIn() {
        Passwords passwords = new Passwords().with("alice", "right-one");
        try (Stage stage = stage(this, passwords)) {
            stage.talker()
                    .send(speaker -> speaker.login("alice", "wrong-one"))
                    .awaitsRefusal(ErrorCode.AUTH_FAILED)
                    .awaitsEnd();
            stage.talker()
                    .send(speaker -> speaker.login("nobody", "right-one"))
                    .awaitsRefusal(ErrorCode.AUTH_FAILED)
                    .awaitsEnd();
            Talker alice = stage.talker().send(speaker -> speaker.login("alice", "right-one"));
            alice.awaits(new Heard.LoggedIn("alice"));
            assertThat(requireNonNull(stage.server().hub().user("alice")).isGuest())
                    .isFalse();
            stage.talker().send(speaker -> speaker.login("alice")).awaitsRefusal(ErrorCode.NAME_TAKEN);
            stage.assertHealthy();
        }
    }

    /** An account is made and logged in to; its name is taken from then on. */
    @Test
    default void anAccountIsMade() {
        Passwords passwords = new Passwords();
        try (Stage stage = stage(this, passwords)) {
            stage.talker()
                    .send(speaker -> speaker.register("alice", "first-word", "guess"))
                    .awaitsRefusal(ErrorCode.AUTH_FAILED)
                    .awaitsEnd();
            stage.talker()
                    .send(speaker -> speaker.register("alice", "first-word", ""))
                    .awaitsRefusal(ErrorCode.AUTH_FAILED);
            assertThat(passwords.of("alice")).isNull();
            Talker alice = stage.talker().send(speaker -> speaker.register("alice", "first-word", Passwords.CODE));
            alice.awaits(new Heard.LoggedIn("alice")).join(Stage.LOBBY);
            Ears ears = new Ears();
            stage.member("bob", ears);
            alice.say("I am new");
            stage.settle("heard", () -> ears.heard("alice: I am new"));
            stage.talker()
                    .send(speaker -> speaker.register("Alice", "other-word", Passwords.CODE))
                    .awaitsRefusal(ErrorCode.NAME_TAKEN);
            stage.talker().send(speaker -> speaker.login("alice", "first-word")).awaits(new Heard.LoggedIn("alice"));
            assertThat(stage.server().hub().users()).hasSize(2);
        }
    }

    /** A name that no user can have is no account's either; the policy is not asked. */
    @Test
    default void anAccountHasAName() {
        Passwords passwords = new Passwords();
        try (Stage stage = stage(this, passwords)) {
            stage.talker()
                    .send(speaker -> speaker.register("...", "first-word", Passwords.CODE))
                    .awaitsRefusal(ErrorCode.BAD_NAME)
                    .awaitsEnd();
        }
    }

    /** Who is to come later is told so. */
    @Test
    default void aLoginCanBePutOff() {
        try (Stage stage = stage(this, new Passwords())) {
            stage.talker()
                    .send(speaker -> speaker.login(Passwords.BUSY, "any-word"))
                    .awaitsRefusal(ErrorCode.RATE_LIMITED)
                    .awaitsEnd();
        }
    }

    /** A new password holds at once; other sessions of the account end, and the one that asked goes on. */
    @Test
    default void aPasswordIsChanged() {
        Passwords passwords = new Passwords().with("alice", "old-word");
        try (Stage stage = stage(this, passwords)) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker other = stage.talker().send(speaker -> speaker.login("alice", "old-word"));
            other.awaits(new Heard.LoggedIn("alice"));
            Talker alice = stage.talker().send(speaker -> speaker.login("alice", "old-word"));
            alice.awaits(new Heard.LoggedIn("alice")).join(Stage.LOBBY);
            alice.send(speaker -> speaker.password("guess", "new-word")).awaitsRefusal(ErrorCode.FORBIDDEN);
            assertThat(other.isOver()).isFalse();
            alice.send(speaker -> speaker.password("old-word", "new-word"));
            other.awaitsRefusal(ErrorCode.AUTH_FAILED).awaitsEnd();
            assertThat(passwords.of("alice")).isEqualTo("new-word");
            alice.say("here I am");
            stage.settle("heard", () -> ears.heard("alice: here I am"));
            stage.talker().send(speaker -> speaker.login("alice", "old-word")).awaitsRefusal(ErrorCode.AUTH_FAILED);
            stage.talker().send(speaker -> speaker.login("alice", "new-word")).awaits(new Heard.LoggedIn("alice"));
        }
    }

    /** A guest has no password to change, and without a policy there are no accounts. */
    @Test
    default void guestsHaveNone() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.talker("alice").send(speaker -> speaker.password("old-word", "new-word"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            assertThat(alice.isOver()).isFalse();
            stage.talker().send(speaker -> speaker.login("bob", "any-word")).awaitsRefusal(ErrorCode.AUTH_FAILED);
            stage.talker()
                    .send(speaker -> speaker.register("bob", "any-word", ""))
                    .awaitsRefusal(ErrorCode.AUTH_FAILED);
            stage.assertHealthy();
        }
    }

    /** An account whose password was reset has no session any more. */
    @Test
    default void anAccountIsEnded() {
        Passwords passwords = new Passwords().with("alice", "old-word");
        try (Stage stage = stage(this, passwords)) {
            Talker alice = stage.talker().send(speaker -> speaker.login("alice", "old-word"));
            alice.awaits(new Heard.LoggedIn("alice"));
            assertThat(stage.server().endAccount("id of alice", "the password was reset"))
                    .isTrue();
            alice.awaitsRefusal(ErrorCode.AUTH_FAILED).awaitsEnd();
            assertThat(stage.server().endAccount("id of nobody", "none")).isFalse();
            stage.talker().send(speaker -> speaker.login("alice", "old-word")).awaits(new Heard.LoggedIn("alice"));
        }
    }
}
