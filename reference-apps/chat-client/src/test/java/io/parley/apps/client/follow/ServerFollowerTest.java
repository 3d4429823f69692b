package io.parley.apps.client.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.view.LineView;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.Printer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServerFollowerTest {
    @Test
    void whoWasTalkedToIsNotRememberedForEver() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        ServerFollower server = new ServerFollower(new LineView(new Printer(nowhere, nowhere), false));
        Place bob = new Place("bob", true);
        RoomFollower follower = server.converse(bob, 2);
        follower.end();
        IntStream.rangeClosed(1, ServerFollower.MAX_CONVERSATIONS - 1)
                .forEach(i -> server.converse(new Place("n" + i, true), 0));
        assertThat(server.converse(bob, 2)).isSameAs(follower);
        IntStream.rangeClosed(1, ServerFollower.MAX_CONVERSATIONS)
                .forEach(i -> server.converse(new Place("m" + i, true), 0));
        assertThat(server.converse(bob, 2)).isNotSameAs(follower);
    }

    @Test
    void aConversationWithAnotherUserOfTheSameNameIsAnother() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        ServerFollower server = new ServerFollower(new LineView(new Printer(nowhere, nowhere), false));
        Place bob = new Place("bob", true);
        assertThat(server.conversation(bob)).isNull();
        RoomFollower former = server.converse(bob, 2);
        former.end();
        assertThat(server.converse(bob, 2)).isSameAs(former);
        RoomFollower next = server.converse(bob, 3);
        assertThat(next).isNotSameAs(former);
        assertThat(server.conversation(bob)).isSameAs(next);
        assertThat(next.peer()).isEqualTo(3);
    }
}
