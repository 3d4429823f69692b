package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Comes back to a server whose connection was lost, as often as it takes. The thread that runs the program alone. */
final class Return {
    private final Face face;
    private final Executor callbacks;
    private final CompletableFuture<@Nullable Void> done;
    private final Way way;
    private final Backoff backoff = new Backoff(new SecureRandom());

    /** How to connect. */
    @FunctionalInterface
    interface Way {
        ChatClient connect() throws UnknownHostException;
    }

    /**
     * Begins.
     *
     * @param done completes when nobody wants to come back any more
     */
    Return(Face face, Executor callbacks, CompletableFuture<@Nullable Void> done, Way way) {
        this.face = face;
        this.callbacks = callbacks;
        this.done = done;
        this.way = way;
    }

    /**
     * Tries until it succeeds; null if nobody wants to come back any more.
     *
     * @throws ChatException if the server refuses for good
     */
    @Nullable
    ChatClient after(ChatException lost, long askedMillis) {
        String why = String.valueOf(lost.getMessage());
        long asked = askedMillis;
        while (pause(why, asked)) {
            asked = 0;
            try {
                return way.connect();
            } catch (UnknownHostException unknown) {
                why = "there is no such host at the moment";
            } catch (ChatException failed) {
                why = String.valueOf(failed.getMessage());
                if (isForGood(failed)) {
                    throw failed;
                }
            }
        }
        return null;
    }

    /** Waits for the next attempt; false if nobody wants it any more. */
    private boolean pause(String why, long askedMillis) {
        Duration delay = backoff.next(askedMillis);
        callbacks.execute(() -> face.interrupted(why, delay));
        try {
            done.get(delay.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException now) {
            return true;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The name may still be taken by the connection that was lost: that passes. A bad certificate does not. */
    private static boolean isForGood(ChatException why) {
        boolean refused = ExitCode.atLogin(why) == ExitCode.REFUSED && why.code() != ErrorCode.NAME_TAKEN;
        Throwable cause = why;
        while (cause != null && !(cause instanceof CertificateException)) {
            cause = cause.getCause();
        }
        return refused || cause != null;
    }
}
