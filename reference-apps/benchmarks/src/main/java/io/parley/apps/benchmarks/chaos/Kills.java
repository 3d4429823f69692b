package io.parley.apps.benchmarks.chaos;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import io.parley.transport.Transport;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Proves that nothing is lost when the server is killed: the chat server as users run it, with a folder, and guests who talk.
 * It is killed again and again, at random moments. Then what was promised, what was shown and what the next server has are
 * compared.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.chaos.Kills chat-server.jar [kills] [nio|blocking] [clients] [seed]</pre>
 */
public final class Kills {
    private static final int ROOMS = 10;
    private static final int SAY_EVERY_MILLIS = 200; // each client
    private static final int LEAST_UP_MILLIS = 300; // after the first message that is acknowledged
    private static final int UP_MILLIS = 1_500;
    private static final long SETTLE_SECONDS = 60;
    private static final int PAGE = 200;

    private final Tally tally = new Tally();
    private final List<Guest> guests = new ArrayList<>();
    private final Histogram up = new Histogram(3); // milliseconds from the kill to a server that listens
    private final Histogram first = new Histogram(3); // and to the first message that is acknowledged
    private volatile boolean over;

    private Kills() {}

    /**
     * Runs and prints a report. Exits with 1 if a promise was broken.
     *
     * @param args see above; 20 kills, nio, 100 clients
     * @throws Exception if a server or a client cannot be started
     */
    public static void main(String[] args) throws Exception {
        int kills = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        String transport = args.length > 2 ? args[2] : "nio";
        int clients = args.length > 3 ? Integer.parseInt(args[3]) : 100;
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 1;
        Path folder = Files.createTempDirectory("kills");
        boolean clean =
                new Kills().run(new ServerRun(Path.of(args[0]), transport, folder), kills, clients, new Random(seed));
        System.exit(clean ? 0 : 1);
    }

    /** A client in one room. */
    private record Guest(ChatClient client, Seat seat) {
        static Guest of(int number, Transport transport, InetSocketAddress address, Tally tally) throws Exception {
            String name = "visitor" + number;
            Sessions sessions = new Sessions(name, tally);
            ChatClient client = ChatClient.builder()
                    .name(name)
                    .listener(sessions)
                    .reconnect(true)
                    .longestRetry(Duration.ofSeconds(1))
                    .connect(transport, address);
            sessions.begin(client);
            Seat seat = new Seat(name, "room" + number % ROOMS, tally, () -> {});
            seat.taken(client.enterAsync(seat.room(), 0, seat).get(SETTLE_SECONDS, TimeUnit.SECONDS));
            return new Guest(client, seat);
        }
    }

    private boolean run(ServerRun server, int kills, int clients, Random random) throws Exception {
        Transport transport = NioTransport.create();
        server.start();
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            for (int i = 0; i < clients; i++) {
                guests.add(Guest.of(i, transport, address, tally));
            }
            guests.forEach(guest -> guest.seat().say()); // a session is stored with its first message
            await(
                    SETTLE_SECONDS,
                    () -> guests.stream().allMatch(guest -> guest.seat().isSettled()));
            tally.counting(true);
            long began = System.nanoTime();
            Thread talking = new Thread(this::talk, "talk");
            talking.start();
            for (int i = 0; i < kills; i++) {
                TimeUnit.MILLISECONDS.sleep(LEAST_UP_MILLIS + random.nextInt(UP_MILLIS));
                kill(server);
            }
            over = true;
            talking.join();
            double seconds = (System.nanoTime() - began) / 1e9;
            await(
                    SETTLE_SECONDS,
                    () -> guests.stream().allMatch(guest -> guest.seat().isSettled()));
            await(SETTLE_SECONDS, () -> guests.stream().allMatch(this::isComplete));
            tally.counting(false);
            guests.stream()
                    .filter(guest -> !isComplete(guest))
                    .forEach(guest -> tally.note(
                            guest.client().name() + " is " + guest.client().state() + " in " + guest.seat()));
            List<Evidence> evidence = new ArrayList<>();
            guests.forEach(guest ->
                    evidence.add(guest.seat().evidence(guest.client().user().id())));
            evidence.addAll(kept(transport, address));
            return report(evidence, kills, seconds);
        } finally {
            over = true;
            guests.forEach(guest -> guest.client().closeAsync());
            server.end();
        }
    }

    private boolean isComplete(Guest guest) {
        return guests.stream()
                .filter(other -> other.seat().room().equals(guest.seat().room()))
                .allMatch(other -> other.seat().shownCount() == guest.seat().shownCount());
    }

    private void talk() {
        try {
            while (!over) {
                for (Guest guest : guests) {
                    guest.seat().say();
                }
                TimeUnit.MILLISECONDS.sleep(SAY_EVERY_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long acknowledged() {
        return guests.stream()
                .mapToLong(guest -> guest.seat().acknowledgedCount())
                .sum();
    }

    private void kill(ServerRun server) throws Exception {
        server.kill();
        long before = acknowledged();
        long at = System.nanoTime();
        server.start();
        up.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at));
        await(SETTLE_SECONDS, () -> acknowledged() > before);
        first.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at));
    }

    /** What the server has of each room, as if somebody had been shown it. */
    private static List<Evidence> kept(Transport transport, InetSocketAddress address) throws Exception {
        List<Evidence> all = new ArrayList<>();
        try (ChatClient reader = ChatClient.builder().name("reader").connect(transport, address)) {
            for (int i = 0; i < ROOMS; i++) {
                ChatRoom room = reader.enterAsync("room" + i, 0, message -> {}).get(SETTLE_SECONDS, TimeUnit.SECONDS);
                List<Evidence.Shown> kept = new ArrayList<>();
                for (long after = 0; after >= 0; ) {
                    HistoryResult page = room.historyAfter(after, PAGE).get(SETTLE_SECONDS, TimeUnit.SECONDS);
                    for (Message message : page.messages()) {
                        kept.add(new Evidence.Shown(
                                message.seq(), message.author().id(), message.text()));
                    }
                    int count = page.messages().size();
                    after = page.more() && count > 0
                            ? page.messages().get(count - 1).seq()
                            : -1;
                }
                all.add(new Evidence("room" + i, "the journal", reader.user().id(), List.of(), kept));
            }
        }
        return all;
    }

    private static void await(long seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private boolean report(List<Evidence> evidence, int kills, double seconds) {
        Checker checker = Checker.of(evidence);
        Map<Said.Outcome, Integer> outcomes = new EnumMap<>(Said.Outcome.class);
        evidence.forEach(one -> one.said().forEach(said -> outcomes.merge(said.outcome(), 1, Integer::sum)));
        System.out.printf("%d kills, %d clients, %.0f s%n", kills, guests.size(), seconds);
        outcomes.forEach((outcome, count) -> System.out.println("said, " + outcome + ": " + count));
        System.out.println("said, UNKNOWN but shown: " + Checker.unknownShown(evidence));
        System.out.printf(
                "acknowledged a second: %.0f%n", outcomes.getOrDefault(Said.Outcome.ACKNOWLEDGED, 0) / seconds);
        System.out.println("shown: "
                + evidence.stream().mapToLong(one -> one.shown().size()).sum());
        checker.counts().forEach((wrong, count) -> System.out.println(wrong + ": " + count));
        for (Tally.Event event : Tally.Event.values()) {
            System.out.println(event + ": " + tally.total(event));
        }
        print("kill to listening", up);
        print("kill to the first acknowledged", first);
        checker.examples().forEach(words -> System.out.println("! " + words));
        tally.notes().forEach(words -> System.out.println("! " + words));
        boolean clean = checker.isClean()
                && outcomes.getOrDefault(Said.Outcome.OPEN, 0) == 0
                && outcomes.getOrDefault(Said.Outcome.UNKNOWN, 0) == 0
                && tally.total(Tally.Event.NEW_SESSION) == 0
                && tally.total(Tally.Event.LOST_PART) == 0
                && tally.total(Tally.Event.RESET) == 0
                && tally.total(Tally.Event.ROOM_CLOSED) == 0;
        System.out.println(clean ? "PASSED" : "FAILED");
        return clean;
    }

    private static void print(String what, Histogram millis) {
        System.out.printf(
                "%s: p50 %d, p99 %d, max %d ms%n",
                what, millis.getValueAtPercentile(50), millis.getValueAtPercentile(99), millis.getMaxValue());
    }
}
