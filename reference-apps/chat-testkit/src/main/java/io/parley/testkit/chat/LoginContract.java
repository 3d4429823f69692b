package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logging in as a guest: names, and limits of connections. */
public interface LoginContract extends Opener {

    private static ChatException refused(Chat chat, String name) {
        return catchThrowableOfType(ChatException.class, () -> chat.guest(name));
    }

    /** A guest logs in. */
    @Test
    default void logsIn() {
        try (Chat chat = Chat.open(open(), builder -> builder.greeting("good day"))) {
            ChatClient alice = chat.guest("alice");
            ChatClient bob = chat.guest("bob");
            assertThat(alice.name()).isEqualTo("alice");
            assertThat(alice.greeting()).isEqualTo("good day");
            assertThat(alice.origin()).isNotEqualTo(bob.origin());
            assertThat(chat.server().connections()).isEqualTo(2);
        }
    }

    /** A name in use is refused. */
    @Test
    default void refusesTakenName() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            for (String taken : List.of("alice", "ALICE", "operator", "ａlice")) {
                ChatException why = refused(chat, taken);
                assertThat(why.code()).as(taken).isEqualTo(ErrorCode.NAME_TAKEN);
                assertThat(why).hasMessageContainingAll("name", "taken");
            }
            Ears ears = new Ears();
            chat.fixture().await(chat.enter(alice, "lobby", ears).say("still here"));
            chat.fixture().settle("alice is heard", () -> ears.heard("alice: still here"));
            chat.fixture().settle("the refused are gone", () -> chat.server().connections() == 1);
        }
    }

    /** A name is free after its user left. */
    @Test
    default void freesTheNameAtTheEnd() {
        try (Chat chat = Chat.open(open())) {
            ChatClient first = chat.guest("alice");
            long origin = first.origin();
            chat.enter(first, "lobby", new Ears());
            first.close();
            chat.fixture()
                    .settle("alice has gone", () -> chat.server().hub().users().isEmpty());
            assertThat(chat.guest("alice").origin()).isNotEqualTo(origin);
        }
    }

    /** Invalid names are refused. */
    @Test
    default void refusesBadNames() {
        try (Chat chat = Chat.open(open())) {
            for (String bad : List.of("", " ", "a b", "...", "a\u0000", "a\u202eb", "a\u200bb", "a".repeat(33))) {
                assertThat(refused(chat, bad).code()).as(bad).isEqualTo(ErrorCode.BAD_NAME);
            }
            assertThat(chat.guest("a".repeat(32)).name()).hasSize(32);
        }
    }

    /** A client is told the name that the server gave it. */
    @Test
    default void givesTheNameThatCounts() {
        try (Chat chat = Chat.open(open())) {
            assertThat(chat.guest("Ｂｏｂ").name()).isEqualTo("Bob");
        }
    }

    /** A user can change its name. */
    @Test
    default void renames() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            chat.guest("bob");
            assertThat(chat.fixture().await(alice.rename("Carol"))).isEqualTo("Carol");
            assertThat(alice.name()).isEqualTo("Carol");
            assertThat(chat.fixture().refusal(alice.rename("bob"))).isEqualTo(ErrorCode.NAME_TAKEN);
            assertThat(chat.fixture().refusal(alice.rename("no good"))).isEqualTo(ErrorCode.BAD_NAME);
            assertThat(alice.name()).isEqualTo("Carol");
            assertThat(chat.guest("alice").name()).isEqualTo("alice");
        }
    }

    /** Connecting fails where nobody listens. */
    @Test
    default void tellsThatNobodyListens() {
        ChatFixture fixture = open();
        SocketAddress address;
        try (Chat chat = Chat.open(fixture)) {
            address = chat.address();
        }
        assertThatThrownBy(() -> ChatClient.builder()
                        .name("alice")
                        .scheduler(fixture.scheduler())
                        .connect(fixture.transport(), address))
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.code()).isEqualTo(ChatException.NOT_CONNECTED));
    }

    /** The number of connections is limited. */
    @Test
    default void boundsConnections() {
        try (Chat chat = Chat.open(
                open(),
                builder -> builder.options(Chat.UNHURRIED.toBuilder()
                        .maxConnections(2)
                        .maxConnectionsPerAddress(1_000)
                        .build()))) {
            chat.guest("alice");
            ChatClient bob = chat.guest("bob");
            assertThat(refused(chat, "carol").code()).isEqualTo(ChatException.NOT_CONNECTED);
            bob.close();
            chat.fixture().settle("bob has gone", () -> chat.server().connections() == 1);
            assertThat(chat.guest("carol").name()).isEqualTo("carol");
        }
    }

    /** The number of connections for each address is limited. */
    @Test
    default void boundsConnectionsPerAddress() {
        try (Chat chat = Chat.open(
                open(),
                builder -> builder.options(Chat.UNHURRIED.toBuilder()
                        .maxConnections(1_000)
                        .maxConnectionsPerAddress(2)
                        .build()))) {
            chat.guest("alice");
            ChatClient bob = chat.guest("bob");
            assertThat(refused(chat, "carol").code()).isEqualTo(ChatException.NOT_CONNECTED);
            bob.close();
            chat.fixture().settle("bob has gone", () -> chat.server().connections() == 1);
            assertThat(chat.guest("carol").name()).isEqualTo("carol");
        }
    }
}
