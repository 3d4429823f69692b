package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mockConstruction;

import io.parley.chat.Peer;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mockito.MockedConstruction;

/** A session leaves nothing behind, even if one of its parts breaks at the end. */
class SessionEndTest {
    @Test
    void whoCannotLetGoOfItsRoomsIsGoneAllTheSame() {
        try (MockedConstruction<Feeds> made = mockConstruction(
                Feeds.class,
                (feeds, context) ->
                        doThrow(new IllegalStateException("broken")).when(feeds).abandon(anyString()))) {
            Script script = new Script();
            Peer<ServerFrame> alice = script.guest("alice");
            assertThat(made.constructed()).hasSize(1);
            alice.abort();
            script.network.run();
            assertThat(script.server.connections()).isZero();
            assertThat(script.server.hub().users()).isEmpty();
            CompletableFuture<?> down = script.server.shutdown(Duration.ofSeconds(1));
            script.network.run();
            assertThat(down).isCompleted();
        }
    }
}
