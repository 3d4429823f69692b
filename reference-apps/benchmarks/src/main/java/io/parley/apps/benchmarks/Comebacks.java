package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Pinger;
import io.parley.apps.benchmarks.measure.Usage;
import io.parley.gateway.GatewayOptions;
import io.parley.model.BacklogRequest;
import io.parley.model.RoomException;
import io.parley.model.SessionToken;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.HubOptions;
import io.parley.room.Opening;
import io.parley.room.Outcome;
import io.parley.room.ResumeRequest;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What sessions without a connection cost, and their end, and what it costs when very many clients come back at once.
 *
 * <p>Each connection needs a descriptor on either side.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Comebacks [sessions] [clients]</pre>
 */
public final class Comebacks {
    private static final Encoding NOTHING = (room, entry, into) -> {};
    private static final int ROOM_SIZE = 100;
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private Comebacks() {}

    /**
     * Measures.
     *
     * @param args how many sessions are held (100,000), and how many clients come back at once (10,000)
     * @throws Exception if the server cannot be started or a connection fails
     */
    public static void main(String[] args) throws Exception {
        int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        held(sessions);
        comeBack(clients);
    }

    private static ChatServer server(Duration grace) throws Exception {
        HubOptions hub = HubOptions.builder()
                .grace(grace)
                .maxHeld(1_000_000)
                .maxHeldPerAddress(1_000_000)
                .maxRooms(1_000_000)
                .build();
        GatewayOptions options = GatewayOptions.DEFAULT.toBuilder()
                .maxConnections(1_000_000)
                .maxConnectionsPerAddress(1_000_000)
                .build();
        return ChatServer.builder()
                .options(options)
                .hubOptions(hub)
                .listen(NioTransport.create(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .start();
    }

    // ---- sessions that are held

    private static void held(int count) throws Exception {
        try (ChatServer server = server(GRACE);
                Pinger pinger = new Pinger(server.addresses().get(0))) {
            long before = heap();
            hold(server.hub(), count);
            long lost = System.nanoTime();
            print(
                    "%,d sessions held, in rooms of %d: %,d bytes of heap each",
                    count, ROOM_SIZE, (heap() - before) / count);
            print("  ping meanwhile: %s", pinger.take());
            TimeUnit.NANOSECONDS.sleep(GRACE.minusMillis(500).toNanos() - (System.nanoTime() - lost));
            pinger.take();
            Usage used = Usage.now(0);
            while (server.hub().heldCount() == count) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            long began = System.nanoTime();
            while (server.hub().heldCount() > 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            print(
                    "  all of them end in %.1f s, with %.2f s of CPU; ping meanwhile: %s",
                    (System.nanoTime() - began) / 1e9,
                    (Usage.now(0).cpuNanos() - used.cpuNanos()) / 1e9,
                    pinger.take());
        }
    }

    private static void hold(Hub hub, int count) {
        List<Session> sessions =
                IntStream.range(0, count).mapToObj(i -> enter(hub, i)).toList();
        List<Subscription> subscriptions =
                sessions.stream().map(Comebacks::join).toList();
        for (int i = 0; i < count; i++) {
            Session session = sessions.get(i);
            session.say(subscriptions.get(i), read(session), "hello", Tags.NONE, new Ignored());
            session.settle();
        }
        for (int i = 0; i < count; i++) {
            if (!sessions.get(i).lost()) {
                throw new IllegalStateException("not held");
            }
            subscriptions.get(i).hold();
        }
    }

    private static long read(Session session) {
        session.read(1);
        return 1;
    }

    private static Session enter(Hub hub, int i) {
        Applicant who =
                Applicant.of(hub.names(), "user-" + i + "-x", Credentials.NONE, "benchmark", "none", null, null);
        return hub.resume(who, new ResumeRequest(SessionToken.NONE, true, 256), null, NOTHING, new Deaf())
                .join();
    }

    private static Subscription join(Session session) {
        int room = Math.floorMod(session.user().name().hashCode(), 1_000);
        Opening opening = session.join("room-" + room, BacklogRequest.NOTHING).join();
        session.settle();
        return opening.subscription();
    }

    /** A connection that nobody reads. */
    private static final class Deaf implements Subscriber {
        @Override
        public void ready(Subscription subscription) {}

        @Override
        public void opened(Subscription subscription, Snapshot snapshot) {}
    }

    /** What comes of a message is of no interest. */
    private static final class Ignored implements Outcome {
        @Override
        public void kept(long seq) {}

        @Override
        public void refused(RoomException why) {
            throw why;
        }
    }

    // ---- clients that come back

    private static void comeBack(int count) throws Exception {
        try (ChatServer server = server(Duration.ofMinutes(2))) {
            SocketAddress address = server.addresses().get(0);
            NioTransport transport = NioTransport.create();
            List<ResumingMember> members = IntStream.range(0, count)
                    .mapToObj(i -> new ResumingMember(transport, address, "user-" + i + "-x", "room-" + i / ROOM_SIZE))
                    .toList();
            for (ResumingMember member : members) {
                member.connect();
                member.awaitReady();
            }
            members.forEach(ResumingMember::cut);
            while (server.connections() > 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            print("%,d clients, all cut; %,d sessions held", count, server.hub().heldCount());
            try (Pinger pinger = new Pinger(address)) {
                pinger.warmUp();
                Usage used = Usage.now(0);
                long began = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    long due = began + WITHIN.toNanos() * i / count;
                    while (System.nanoTime() < due) {
                        TimeUnit.MICROSECONDS.sleep(100);
                    }
                    members.get(i).connect();
                }
                for (ResumingMember member : members) {
                    member.awaitReady();
                }
                print(
                        "  all back and in their rooms after %.2f s, with %.2f s of CPU, clients and server together",
                        (System.nanoTime() - began) / 1e9, (Usage.now(0).cpuNanos() - used.cpuNanos()) / 1e9);
                print(
                        "  resumed: %,d; ping of somebody else meanwhile: %s",
                        members.stream().filter(ResumingMember::isResumed).count(), pinger.take());
            }
            members.forEach(ResumingMember::cut);
        }
    }

    // ---- both

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return Usage.now(0).heapBytes();
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
