package io.parley.apps.benchmarks.chaos;

import io.parley.apps.benchmarks.evidence.Evidence;
import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.apps.benchmarks.tls.Certificate;
import io.parley.gateway.GatewayOptions;
import io.parley.server.ChatServer;
import io.parley.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One run: a server, its clients, the proxy between them, and what came of it. One thread. */
final class Trial {
    private static final Duration HEARTBEAT = Duration.ofSeconds(3); // a half-open connection ends after twice that
    private static final Duration SETTLE = Duration.ofSeconds(60); // a process waits for up to 30 before it tries again
    private static final Duration CLOSE = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(7); // threads without work end after five
    private static final Duration IDLE_AFTER_PROCESSES =
            Duration.ofSeconds(70); // the JDK's that wait for processes, after 60
    private static final long SAY_EVERY_MILLIS = 500;
    private static final long CLAIM_EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int LARGE = 10_000;

    private final Setting setting;
    private final Tally tally = new Tally();
    private final List<Attendee> people = new ArrayList<>();

    private Trial(Setting setting) {
        this.setting = setting;
    }

    /** Makes a run. */
    static Report run(Setting setting) throws Exception {
        SSLContext clients = setting.tls() ? Certificate.clientContext() : null;
        SSLContext servers = setting.tls() ? Certificate.serverContext() : null;
        Census start = Census.now();
        Report.Findings findings = new Trial(setting).run(clients, servers);
        await(setting.processes() == 0 ? IDLE : IDLE_AFTER_PROCESSES, () -> Census.threadCount() <= start.threads());
        return new Report(setting, findings, start, Census.now());
    }

    private Report.Findings run(@Nullable SSLContext clients, @Nullable SSLContext servers) throws Exception {
        ChatServer.Builder builder = ChatServer.builder()
                .listen(setting.transport(servers), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .policy(new Accounts())
                .options(GatewayOptions.builder()
                        .heartbeat(HEARTBEAT)
                        .requestsPerSecond(LARGE)
                        .burstRequests(LARGE)
                        .maxConnectionsPerAddress(LARGE)
                        .build());
        for (int i = 0; i < setting.rooms(); i++) {
            builder.room("room" + i);
        }
        try (ChatServer server = builder.start()) {
            InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
            Proxy proxy = new Proxy(
                    address,
                    setting.clients(),
                    setting.seed(),
                    setting.meanBetweenFaults().toMillis(),
                    setting.tls());
            try (proxy;
                    Claims claims = new Claims(address, clients, tally)) {
                return run(server, proxy, claims, setting.transport(clients));
            } finally {
                people.forEach(Attendee::close);
            }
        }
    }

    private Report.Findings run(ChatServer server, Proxy proxy, Claims claims, Transport transport) throws Exception {
        come(proxy, transport);
        tally.counting(true);
        proxy.storm();
        talk(claims);
        proxy.calm();
        long calmAt = System.nanoTime();
        await(SETTLE, this::isSettled);
        long settledMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - calmAt);
        if (!isSettled()) {
            tally.note("not settled");
            people.stream().filter(person -> !person.isSettled()).forEach(person -> tally.note(person.toString()));
        }
        tally.counting(false);
        List<Evidence> evidence =
                people.stream().flatMap(person -> person.evidence().stream()).toList();
        people.forEach(Attendee::leave);
        await(CLOSE, () -> server.connections() == 0);
        int left = server.connections();
        int users = server.stats().users();
        people.forEach(Attendee::close);
        proxy.close();
        return Report.Findings.of(evidence, tally, proxy.done(), claims, settledMillis, left, users);
    }

    private void come(Proxy proxy, Transport transport) throws Exception {
        List<Person> persons = new ArrayList<>();
        List<ReferenceClient> processes = new ArrayList<>();
        for (int i = 0; i < setting.clients(); i++) {
            boolean account = i % 2 == 1;
            String name = account ? Accounts.name(i) : "visitor" + i;
            String room = "room" + i % setting.rooms();
            Path program = setting.program();
            if (program != null && i >= setting.clients() - setting.processes()) {
                String password = account ? Accounts.password(name) : null;
                processes.add(new ReferenceClient(program, setting, name, password, room, proxy.door(i), tally));
                people.add(processes.get(processes.size() - 1));
                continue;
            }
            TreeSet<String> rooms = new TreeSet<>(Set.of(room));
            if (i % 4 >= 2) {
                rooms.add("room" + (i * 7 + 3) % setting.rooms());
            }
            persons.add(new Person(name, account, List.copyOf(rooms), transport, proxy.door(i), tally));
            people.add(persons.get(persons.size() - 1));
        }
        for (ReferenceClient process : processes) {
            process.enter();
        }
        for (Person person : persons) {
            person.enter();
        }
        people.forEach(Attendee::say);
        await(SETTLE, this::isSettled);
        if (!isSettled()) {
            throw new IllegalStateException("the clients did not come in");
        }
    }

    /** Has everybody talk, one after another, and sessions claimed on the side. */
    private void talk(Claims claims) throws InterruptedException {
        long end = System.nanoTime() + setting.time().toNanos();
        Thread claiming = new Thread(() -> claim(claims, end), "chaos-claims");
        claiming.start();
        long pause = TimeUnit.MILLISECONDS.toNanos(SAY_EVERY_MILLIS) / people.size();
        long next = System.nanoTime();
        for (int i = 0; next < end; i = (i + 1) % people.size()) {
            people.get(i).say();
            next += pause;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
        claiming.join();
    }

    private static void claim(Claims claims, long end) {
        try {
            for (int i = 0; System.nanoTime() < end; i++) {
                claims.claim(i, i % 2 == 0);
                TimeUnit.NANOSECONDS.sleep(Math.min(CLAIM_EVERY_NANOS, end - System.nanoTime()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether all are here, all that was said has an outcome, and the members of each room were shown as much. */
    private boolean isSettled() {
        if (!people.stream().allMatch(Attendee::isSettled)) {
            return false;
        }
        Map<String, Integer> shown = new HashMap<>();
        for (Attendee person : people) {
            for (Map.Entry<String, Integer> room : person.shown().entrySet()) {
                Integer other = shown.putIfAbsent(room.getKey(), room.getValue());
                if (other != null && !other.equals(room.getValue())) {
                    return false;
                }
            }
        }
        return shown.values().stream().noneMatch(count -> count == 0);
    }

    private static void await(Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
