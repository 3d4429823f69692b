package io.parley.apps.benchmarks.chaos;

import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.wire.Bye;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Say;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sessions that two connections claim at the same moment: exactly one must have it afterwards. One thread calls it. */
final class Claims implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;

    private final InetSocketAddress server;
    private final @Nullable SSLContext tls;
    private final Tally tally;
    private final ExecutorService pair = Executors.newFixedThreadPool(2);
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    Claims(InetSocketAddress server, @Nullable SSLContext tls, Tally tally) {
        this.server = server;
        this.tls = tls;
        this.tally = tally;
    }

    int right() {
        return right.get();
    }

    int wrong() {
        return wrong.get();
    }

    /**
     * Makes a session and has two connections claim it.
     *
     * @param number names the session
     * @param keepsFirst whether the connection that made it stays open
     */
    void claim(int number, boolean keepsFirst) {
        List<RawPeer> peers = new ArrayList<>();
        try {
            RawPeer first = open(peers);
            Welcome made = make(first, "claim" + number);
            RawPeer left = open(peers);
            RawPeer other = open(peers);
            if (!keepsFirst) {
                first.close();
            }
            CyclicBarrier together = new CyclicBarrier(2);
            Hello hello = hello("claim" + number, made.resumeToken());
            CompletableFuture<@Nullable Welcome> one = claim(left, hello, together);
            CompletableFuture<@Nullable Welcome> two = claim(other, hello, together);
            boolean leftCame = isSame(one.get(WAIT_SECONDS, TimeUnit.SECONDS), made);
            boolean otherCame = isSame(two.get(WAIT_SECONDS, TimeUnit.SECONDS), made);
            boolean leftHas = leftCame && answers(left);
            boolean otherHas = otherCame && answers(other);
            boolean firstHas = keepsFirst && answers(first);
            int holders = (leftHas ? 1 : 0) + (otherHas ? 1 : 0) + (firstHas ? 1 : 0);
            if (holders == 1 && !firstHas) {
                right.incrementAndGet();
            } else {
                wrong.incrementAndGet();
                tally.note("claim " + number + ": WELCOME to " + leftCame + ", " + otherCame
                        + "; afterwards it is had by " + leftHas + ", " + otherHas + ", the first " + firstHas);
            }
            (leftHas ? left : other).send(new Bye(""));
        } catch (Exception failed) {
            wrong.incrementAndGet();
            tally.note("claim " + number + " failed: " + failed);
        } finally {
            peers.forEach(RawPeer::close);
        }
    }

    private RawPeer open(List<RawPeer> peers) throws IOException {
        RawPeer peer = new RawPeer(server, tls);
        peers.add(peer);
        return peer;
    }

    /** Begins a session and says something, so that the session is held. */
    private static Welcome make(RawPeer first, String name) throws IOException {
        first.send(hello(name, Bytes.EMPTY));
        Welcome made = first.await(Welcome.class);
        first.send(new Join(1, "room-" + name, null, 0, ""));
        Joined joined = first.await(Joined.class);
        if (made == null || joined == null) {
            throw new IOException("no session");
        }
        first.send(new Say(joined.snapshot().room(), 1, "here", Tags.NONE));
        if (first.await(Message.class) == null) { // its own message is the outcome
            throw new IOException("nothing could be said");
        }
        return made;
    }

    private static Hello hello(String name, Bytes token) {
        Bytes wanted = Bytes.of(name.getBytes(StandardCharsets.UTF_8));
        return new Hello(Wire.VERSION, Wire.VERSION, Wire.CAN_RESUME, "chaos", Wire.GUEST, wanted, token);
    }

    private CompletableFuture<@Nullable Welcome> claim(RawPeer peer, Hello hello, CyclicBarrier together) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        together.await(WAIT_SECONDS, TimeUnit.SECONDS);
                    } catch (Exception alone) {
                        throw new IllegalStateException(alone);
                    }
                    peer.send(hello);
                    return peer.await(Welcome.class);
                },
                pair);
    }

    private static boolean isSame(@Nullable Welcome given, Welcome made) {
        return given != null && given.resumed() && given.origin() == made.origin();
    }

    private static boolean answers(RawPeer peer) {
        peer.send(new Ping(7));
        return peer.await(Pong.class) != null;
    }

    @Override
    public void close() {
        pair.shutdownNow();
    }
}
