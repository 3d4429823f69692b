package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.transport.Scheduler;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides when and where a client connects. One attempt tries all addresses in turn. Between attempts is a time that
 * doubles, with jitter, up to a bound, and that is at least what the server asked for.
 *
 * <p>One thread at a time: whoever has the attempt under way, or waits for the next.
 */
final class Reconnect {
    private static final long FIRST_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 30;
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Scheduler scheduler;
    private final Addresses addresses;
    private final long longestMillis;
    private final ArrayDeque<SocketAddress> left = new ArrayDeque<>(2);
    private volatile int failures; // attempts since the last steady connection
    private volatile long onlineSince;
    private volatile long notBefore; // by the scheduler's clock
    private volatile boolean told; // whether notBefore means something

    Reconnect(Scheduler scheduler, Addresses addresses, Duration longest) {
        this.scheduler = scheduler;
        this.addresses = addresses;
        this.longestMillis = longest.toMillis();
    }

    /** The one address, where nothing is to be looked up; else null. */
    @Nullable
    SocketAddress fixed() {
        return addresses.fixed();
    }

    /** Begins an attempt: tells the first address, at once or on another thread, or why there is none. */
    void begin(Consumer<SocketAddress> first, Consumer<ChatException> none) {
        left.clear();
        SocketAddress fixed = addresses.fixed();
        if (fixed != null) {
            first.accept(fixed);
            return;
        }
        try {
            scheduler.executor().execute(() -> {
                ChatException why = lookUp();
                SocketAddress address = left.poll();
                if (address != null) {
                    first.accept(address);
                } else {
                    none.accept(why);
                }
            });
        } catch (RuntimeException | Error noThread) { // there may be one at the next attempt
            none.accept(ChatException.lost("the address was not looked up: " + noThread.getMessage(), noThread));
        }
    }

    /** Looks up all addresses; gives the reason in case that there are none. */
    private ChatException lookUp() {
        try {
            left.addAll(addresses.find());
            return new ChatException(ChatException.NOT_CONNECTED, "the server has no address");
        } catch (UnknownHostException unknown) {
            return ChatException.lost("unknown host: " + unknown.getMessage(), unknown);
        } catch (RuntimeException broken) {
            return ChatException.lost("the address is not known: " + broken.getMessage(), broken);
        }
    }

    /** The next address of the attempt, if the one before was not reached. */
    @Nullable
    SocketAddress next(ChatException why) {
        boolean unreached = why.code() == ChatException.NOT_CONNECTED || why.code() == ErrorCode.TIMEOUT;
        return unreached ? left.poll() : null;
    }

    /** Somebody is logged in. */
    void online() {
        left.clear();
        onlineSince = scheduler.nanoTime();
        told = false;
    }

    /** A connection over which somebody was logged in is lost: if it held for a while, the next delay is not longer than that. */
    void lost() {
        long held = scheduler.nanoTime() - onlineSince;
        if (held >= STEADY_NANOS) {
            failures = 0;
        } else if (held >= HELD_NANOS) { // else the server may not want anybody
            long times = TimeUnit.NANOSECONDS.toMillis(held) / FIRST_MILLIS;
            failures = Math.min(failures, Long.SIZE - 1 - Long.numberOfLeadingZeros(times));
        }
    }

    /** The server says when to come back: after a time, and a random part of another. */
    void notBefore(long afterMillis, long spreadMillis) {
        long spread = spreadMillis <= 0 ? 0 : ThreadLocalRandom.current().nextLong(spreadMillis);
        long millis = Math.min(TimeUnit.DAYS.toMillis(365), Math.max(0, afterMillis))
                + Math.min(spread, TimeUnit.DAYS.toMillis(1));
        notBefore = scheduler.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        told = true;
    }

    /** How long to wait before the next attempt. */
    Duration delay(ChatException why) {
        int doublings = Math.min(failures, MOST_DOUBLINGS);
        failures = doublings + 1;
        long most = Math.min(longestMillis, FIRST_MILLIS << doublings);
        long least = doublings == 0 ? 1 : most / 2;
        long millis = least + ThreadLocalRandom.current().nextLong(Math.max(1, most - least + 1));
        millis = Math.max(millis, Math.min(why.retryAfterMillis(), TimeUnit.DAYS.toMillis(1)));
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return Duration.ofNanos(told ? Math.max(nanos, notBefore - scheduler.nanoTime()) : nanos);
    }
}
