package io.parley.apps.client.connection;

import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reconnects to a server: repeats the attempts until one succeeds. The thread that runs the program only. */
public final class Reconnect {
    private final ViewQueue view;
    private final CompletableFuture<@Nullable Void> done;
    private final Attempt attempt;
    private final Backoff backoff = new Backoff(new SecureRandom());

    /** Connects once. */
    @FunctionalInterface
    public interface Attempt {
        ChatClient connect() throws UnknownHostException;
    }

    /**
     * Prepares to reconnect.
     *
     * @param done completes when the user does not want to reconnect any more
     */
    public Reconnect(ViewQueue view, CompletableFuture<@Nullable Void> done, Attempt attempt) {
        this.view = view;
        this.done = done;
        this.attempt = attempt;
    }

    /**
     * Repeats the attempts; null if the user does not want to reconnect any more.
     *
     * @throws ChatException if the server refuses for good
     */
    @Nullable
    public ChatClient run(ChatException lost, long askedMillis) {
        String why = String.valueOf(lost.getMessage());
        long asked = askedMillis;
        while (delay(why, asked)) {
            asked = 0;
            try {
                return attempt.connect();
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

    /** Waits before the next attempt; false if the user does not want it any more. */
    private boolean delay(String why, long askedMillis) {
        Duration delay = backoff.next(askedMillis);
        view.show(to -> to.connectionLost(why, delay));
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

    /** A taken name is temporary: the lost connection may still have it. A bad certificate is not. */
    private static boolean isForGood(ChatException why) {
        boolean refused = ExitCode.atLogin(why) == ExitCode.REFUSED && why.code() != ErrorCode.NAME_TAKEN;
        Throwable cause = why;
        while (cause != null && !(cause instanceof CertificateException)) {
            cause = cause.getCause();
        }
        return refused || cause != null;
    }
}
