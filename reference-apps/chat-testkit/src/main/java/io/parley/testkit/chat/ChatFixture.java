package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatException;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** What a chat contract runs on: a transport, an address to listen at, a clock, and a way to wait. For one thread. */
public interface ChatFixture {
    /** How long to wait at most: longer than anything here takes, on any machine. */
    Duration LIMIT = Duration.ofSeconds(60);

    /**
     * The transport, the same for servers and clients.
     *
     * @return the transport
     */
    Transport transport();

    /**
     * A transport for clients whose end of a connection buffers little.
     *
     * @return the same transport, unless a fixture has another
     */
    default Transport narrow() {
        return transport();
    }

    /**
     * Where a server can listen; for TCP an address with port 0.
     *
     * @return the address
     */
    SocketAddress address();

    /**
     * A second address where a server can listen.
     *
     * @return the address
     */
    SocketAddress otherAddress();

    /**
     * The clock, the timers and the threads of servers and clients.
     *
     * @return the scheduler
     */
    Scheduler scheduler();

    /**
     * Waits until a condition holds, and fails after {@link #LIMIT}.
     *
     * @param what names the condition in the failure
     * @param condition what must hold
     */
    void settle(String what, BooleanSupplier condition);

    /**
     * The same fixture with a thread for each callback, so that a callback may block.
     *
     * @return this fixture, if it has threads anyway
     */
    default ChatFixture threaded() {
        return this;
    }

    /**
     * Waits for a result. What the future failed with is thrown.
     *
     * @param future what to wait for
     * @param <T> the type of the result
     * @return the result
     */
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

    /**
     * Waits for a refusal and gives its code.
     *
     * @param future what must fail
     * @return the code of the {@link ChatException}
     */
    default int refusal(CompletableFuture<?> future) {
        try {
            Object value = await(future);
            throw new AssertionError("not refused, but " + value);
        } catch (ChatException why) {
            return why.code();
        }
    }
}
