package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.chaos.Accounts;
import io.parley.apps.benchmarks.evidence.Evidence;
import io.parley.apps.benchmarks.evidence.Seat;
import io.parley.apps.benchmarks.evidence.Sessions;
import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.transport.Transport;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Clients that talk, each in one room; every other one has an account. One thread calls it. */
final class Crowd implements AutoCloseable {
    private static final long SECONDS = 90;
    private static final int PAGE = 200;
    private static final Duration LONGEST_RETRY = Duration.ofMillis(500); // else many miss a server that is killed soon
    private static final long STIR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int rooms;
    private final Tally tally;
    private final Transport transport = NioTransport.create();
    private final InetSocketAddress address;
    private final List<Visitor> visitors = new ArrayList<>();
    private final Trigger acknowledged = new Trigger();
    private final Trigger shown = new Trigger();
    private @Nullable Thread talking;
    private volatile boolean over;
    private int stirred;
    private long settledMillis;
    private long nextStir = System.nanoTime();

    private record Visitor(ChatClient client, Seat seat) {}

    /** Runs something at the n-th event. */
    private static final class Trigger implements Runnable {
        private final AtomicInteger left = new AtomicInteger();
        private volatile Runnable task = () -> {};

        void at(int number, Runnable next) {
            task = next;
            left.set(number);
        }

        @Override
        public void run() {
            if (left.get() > 0 && left.decrementAndGet() == 0) {
                task.run();
            }
        }
    }

    Crowd(int port, int rooms, Tally tally) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.rooms = rooms;
        this.tally = tally;
    }

    /** The names of the accounts that clients log in to. */
    static List<String> accounts(int clients) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < clients; i += 2) {
            names.add(Accounts.name(i));
        }
        return names;
    }

    /** Everybody comes in and speaks: a session is stored with its first message. */
    void come(int clients) throws Exception {
        for (int i = 0; i < clients; i++) {
            String name = i % 2 == 1 ? Accounts.name(i) : "visitor" + i;
            Sessions sessions = new Sessions(name, tally);
            ChatClient.Builder builder = ChatClient.builder()
                    .name(name)
                    .listener(sessions)
                    .reconnect(true)
                    .longestRetry(LONGEST_RETRY);
            if (i % 2 == 1) {
                builder.password(AccountsFile.PASSWORD);
            }
            ChatClient client = builder.connect(transport, address);
            sessions.begin(client);
            Seat seat = new Seat(name, "room" + i % rooms, tally, shown, acknowledged);
            seat.taken(client.enterAsync(seat.room(), 0, seat).get(SECONDS, TimeUnit.SECONDS));
            visitors.add(new Visitor(client, seat));
        }
        visitors.forEach(visitor -> visitor.seat().say());
        if (!await(SECONDS, this::isSettled)) {
            throw new IllegalStateException("the clients did not come in");
        }
    }

    /** Everybody talks from now on, each so often. */
    void talk(int everyMillis) {
        over = false;
        Thread thread = new Thread(() -> talkOn(everyMillis), "talk");
        talking = thread;
        thread.start();
    }

    private void talkOn(int everyMillis) {
        try {
            long pause = TimeUnit.MILLISECONDS.toNanos(everyMillis) / visitors.size();
            long next = System.nanoTime();
            for (int i = 0; !over; i = (i + 1) % visitors.size()) {
                visitors.get(i).seat().say();
                next += pause;
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everybody is silent from now on. */
    void hush() throws InterruptedException {
        over = true;
        Thread thread = talking;
        if (thread != null) {
            thread.join();
        }
    }

    /** Now and then, somebody goes into another room and out again: a session that changes is stored. */
    void stir() {
        if (System.nanoTime() - nextStir < 0) {
            return;
        }
        nextStir = System.nanoTime() + STIR_NANOS;
        ChatClient client = visitors.get(stirred++ % visitors.size()).client();
        client.enterAsync("aside", 0, new RoomListener() {
                    @Override
                    public void onMessage(Message message) {}
                })
                .thenAccept(ChatRoom::leave)
                .exceptionally(gone -> null); // the server was killed meanwhile
    }

    /** Runs something when the n-th message from now on is acknowledged. On a client's thread. */
    void atAcknowledged(int number, Runnable task) {
        acknowledged.at(number, task);
    }

    /** Runs something when the n-th message from now on is shown to the first member. On a client's thread. */
    void atShown(int number, Runnable task) {
        shown.at(number, task);
    }

    /** How many messages were acknowledged so far. */
    long acknowledged() {
        return visitors.stream()
                .mapToLong(visitor -> visitor.seat().acknowledgedCount())
                .sum();
    }

    /** How many messages have no outcome. */
    long open() {
        return visitors.stream()
                .mapToLong(visitor -> visitor.seat().openCount())
                .sum();
    }

    /** Whether all that was said has an outcome. */
    boolean isSettled() {
        return visitors.stream().allMatch(visitor -> visitor.seat().isSettled());
    }

    /** Whether the members of each room were shown as much. */
    private boolean isComplete() {
        return visitors.stream().allMatch(this::isComplete);
    }

    private boolean isComplete(Visitor visitor) {
        return visitors.stream()
                .filter(other -> other.seat().room().equals(visitor.seat().room()))
                .allMatch(other -> other.seat().shownCount() == visitor.seat().shownCount());
    }

    /** Waits until everything has an outcome and everybody was shown everything, and notes whom that is not true of. */
    void settle() throws InterruptedException {
        long began = System.nanoTime();
        await(SECONDS, this::isSettled);
        await(SECONDS, this::isComplete);
        visitors.stream()
                .filter(visitor -> !isComplete(visitor) || !visitor.seat().isSettled())
                .forEach(visitor -> tally.note(
                        visitor.client().name() + " is " + visitor.client().state() + " in " + visitor.seat()));
        settledMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** What everybody said and was shown, and what the server has. */
    private List<Evidence> evidence() throws Exception {
        List<Evidence> evidence = new ArrayList<>();
        visitors.forEach(visitor ->
                evidence.add(visitor.seat().evidence(visitor.client().user().id())));
        evidence.addAll(kept());
        return evidence;
    }

    /** Compares what everybody said and was shown with what is kept. */
    Verdict verdict(double seconds, boolean mayFail) throws Exception {
        long began = System.nanoTime();
        List<Evidence> evidence = evidence();
        long readMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Verdict verdict = Verdict.of(evidence, tally, seconds, mayFail);
        verdict.add("settled after: " + settledMillis + " ms; what is kept was read in: " + readMillis + " ms");
        return verdict;
    }

    /** What the server has of each room, as if somebody had been shown it. */
    private List<Evidence> kept() throws Exception {
        List<Evidence> all = new ArrayList<>();
        try (ChatClient reader = ChatClient.builder().name("reader").connect(transport, address)) {
            for (int i = 0; i < rooms; i++) {
                ChatRoom room = reader.enterAsync("room" + i, 0, message -> {}).get(SECONDS, TimeUnit.SECONDS);
                List<Evidence.Shown> kept = new ArrayList<>();
                for (long after = 0; after >= 0; ) {
                    HistoryResult page = room.historyAfter(after, PAGE).get(SECONDS, TimeUnit.SECONDS);
                    for (Message message : page.messages()) {
                        kept.add(new Evidence.Shown(
                                message.seq(), message.author().id(), tally.sameText(message.text())));
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

    /** The place of a client. */
    Seat seat(int number) {
        return visitors.get(number).seat();
    }

    /** Another client, which does not come back and is not watched. */
    ChatClient stranger(String name) {
        return ChatClient.builder().name(name).connect(transport, address);
    }

    /** Waits until something is true; whether it is. */
    static boolean await(long seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return true;
    }

    /** The code of what a call of the client failed with; 0 if it is none. */
    static int code(Throwable why) {
        Throwable cause =
                why instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : why;
        return cause instanceof ChatException known ? known.code() : 0;
    }

    @Override
    public void close() {
        over = true; // whoever talks ends soon
        visitors.forEach(visitor -> visitor.client().closeAsync());
    }
}
