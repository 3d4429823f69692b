package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatException;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** What a contract needs of a transport's tests: a way to move bytes, a place to listen, time, and waiting. */
public interface ChatFixture {
    /** Longer than anything here takes, on any machine. */
    Duration LIMIT = Duration.ofSeconds(60);

    /** The transport; the same for servers and clients. */
    Transport transport();

    /** The same for a client whose own end of the link is to hold little. */
    default Transport narrow() {
        return transport();
    }

    /** Where a server can listen; of TCP with port 0. */
    SocketAddress address();

    /** Another such place. */
    SocketAddress otherAddress();

    Scheduler scheduler();

    /** Waits until something is true, and fails if it does not become so. */
    void settle(String what, BooleanSupplier condition);

    /** The same with a thread of its own for each callback that blocks, so that the rest goes on. */
    default ChatFixture threaded() {
        return this;
    }

    /** Waits for a result; what failed is thrown. */
    default <T> T await(CompletableFuture<T> future) {
        try {
            assertThat(scheduler().await(future, LIMIT)).as("done in time").isTrue();
            return future.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Waits for a failure and gives its code. */
    default int refusal(CompletableFuture<?> future) {
        try {
            Object value = await(future);
            throw new AssertionError("not refused, but " + value);
        } catch (ChatException why) {
            return why.code();
        }
    }
}
