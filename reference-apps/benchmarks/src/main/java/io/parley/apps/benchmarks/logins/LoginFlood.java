package io.parley.apps.benchmarks.logins;

import io.parley.accounts.StoredAccounts;
import io.parley.apps.benchmarks.measure.Comparison;
import io.parley.apps.benchmarks.measure.Machine;
import io.parley.apps.benchmarks.measure.Pinger;
import io.parley.apps.benchmarks.measure.Times;
import io.parley.gateway.GatewayOptions;
import io.parley.journal.MemoryJournal;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whether the owner of an account can log in while others flood the server with logins, and whether the time of an answer tells that there is
 * an account. A server with {@link StoredAccounts} in memory, with hashes at their usual cost, on loopback without TLS; it shares
 * the process and its processors with the load.
 *
 * <p>One attacker sends logins to random names, another wrong passwords for the owner. The owner logs in again and again at a
 * steady pace, first alone and then during the flood. Then logins to unknown names and wrong passwords take turns, without a flood.
 *
 * <p>All of loopback is one source for the accounts. So each applicant counts as coming from the address that its client's name
 * tells, such as {@code from 203.0.113.7}: the policy in front of the accounts replaces the address.
 *
 * <pre>java -cp benchmarks.jar:chat-server.jar io.parley.apps.benchmarks.logins.LoginFlood [seconds] [logins] [compared]</pre>
 */
public final class LoginFlood implements AutoCloseable {
    private static final String OWNER = "owner";
    private static final String GOOD = "correct horse battery";
    private static final String OWNERS_ADDRESS = "203.0.113.7";
    private static final int PER_SECOND = 2_000; // of each attacker
    private static final int WARM_UP = 40; // logins: the hash is compiled meanwhile
    private static final int MOST_CONNECTIONS = 20_000;

    private final StoredAccounts accounts;
    private final ChatServer server;
    private final InetSocketAddress address;
    private final Consumer<String> out;
    private final Random random = new Random(12);

    LoginFlood(Consumer<String> out) throws IOException {
        this.out = out;
        MemoryJournal journal = MemoryJournal.withDefaults();
        accounts = StoredAccounts.builder().open(journal).join();
        accounts.create(OWNER, GOOD).join();
        server = ChatServer.builder()
                .policy(new ByClientName(accounts))
                .journal(journal)
                .options(GatewayOptions.builder()
                        .maxConnections(MOST_CONNECTIONS)
                        .maxConnectionsPerAddress(MOST_CONNECTIONS)
                        .build())
                .listen(NioTransport.create(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .start();
        address = (InetSocketAddress) server.addresses().get(0);
    }

    /**
     * Measures. Exits with 1 if a login of the owner was refused.
     *
     * @param args how long the owner logs in, in seconds (30), and how often (100); how many unknown names and how many wrong passwords are
     *     compared (200)
     * @throws Exception if the server cannot be started
     */
    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 30);
        int logins = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int compared = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        Consumer<String> out = System.out::println;
        out.accept(Machine.describe());
        boolean in;
        try (LoginFlood flood = new LoginFlood(out)) {
            in = flood.run(time, logins, PER_SECOND, compared, WARM_UP);
        }
        System.exit(in ? 0 : 1);
    }

    /** Measures all of it; gives whether every login of the owner was accepted. */
    boolean run(Duration time, int logins, int perSecond, int compared, int warmUp) throws InterruptedException {
        try (Pinger pinger = new Pinger(address)) {
            for (int i = 0; i < warmUp; i++) {
                visit(OWNERS_ADDRESS, OWNER, GOOD);
            }
            pinger.take();
            boolean alone = logIn("without a flood", time, logins, pinger);
            boolean flooded;
            Attack names = new Attack("random names", perSecond, n -> visit("203.0.113.8", randomName(), GOOD));
            Attack passwords = new Attack("wrong passwords", perSecond, n -> visit("203.0.113.9", OWNER, "wrong " + n));
            try (names;
                    passwords) {
                flooded = logIn("during the flood", time, logins, pinger);
            }
            print("%s", names);
            print("%s", passwords);
            compare(compared, pinger);
            return alone && flooded;
        }
    }

    private Visit visit(String from, String name, String password) {
        return Visit.of(address, from, name, password);
    }

    private String randomName() {
        return "u" + Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }

    private boolean logIn(String when, Duration time, int logins, Pinger pinger) throws InterruptedException {
        Times times = new Times();
        Answers answers = new Answers();
        int accepted = 0;
        long began = System.nanoTime();
        for (int i = 0; i < logins; i++) {
            TimeUnit.NANOSECONDS.sleep(began + time.toNanos() * i / logins - System.nanoTime());
            Visit visit = visit(OWNERS_ADDRESS, OWNER, GOOD);
            times.add(visit.nanos());
            answers.add(visit.answer());
            accepted += visit.isIn() ? 1 : 0;
        }
        print("the owner %s: %,d of %,d logins accepted (%s); %s", when, accepted, logins, answers, times);
        print("    ping of a guest meanwhile: %s", pinger.take());
        return accepted == logins;
    }

    /** In turns, each from an address that nobody else has. */
    private void compare(int each, Pinger pinger) {
        Times unknown = new Times();
        Times wrong = new Times();
        Answers answers = new Answers();
        for (int i = 0; i < 2 * each; i++) {
            boolean known = (i + i / 2) % 2 == 0; // A B B A: neither is always behind the other
            String from = "10.0." + i / 256 + "." + i % 256;
            Visit visit = visit(from, known ? OWNER : randomName(), "wrong " + i);
            (known ? wrong : unknown).add(visit.nanos());
            answers.add(visit.answer());
        }
        print("unknown names: %s", unknown);
        print("wrong passwords: %s", wrong);
        print("    %s; %s", Comparison.of(unknown.millis(), wrong.millis()), answers);
        print("    ping of a guest meanwhile: %s", pinger.take());
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that is not used here
    private void print(String format, Object... values) {
        out.accept(String.format(Locale.ROOT, format, values));
    }

    @Override
    public void close() {
        server.close();
        accounts.close();
    }
}
