package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.tls.Certificate;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.ClientState;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.nio.NioTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The chat server as users run it, with little memory, and guests who each say long messages into a room of their own. Whether
 * it lives, what it takes, and how somebody else's pings fare.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Squeeze chat-server.jar [seconds] [MiB] [talkers] [clear|tls]</pre>
 */
public final class Squeeze {
    private static final Pattern INVITATION = Pattern.compile(".*chat-client\\.jar .*?:(\\d+)\\b.*");
    private static final String TEXT = "x".repeat(16_000);
    private static final int UNDER_WAY = 4; // messages of each talker
    private static final long PAUSE_MILLIS = 100; // before a message is said again that was refused
    private static final long EXIT_SECONDS = 30;

    private final InetSocketAddress address;
    private final Transport transport;
    private final LongAdder said = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final AtomicLong losses = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> pings = new ConcurrentLinkedQueue<>(); // microseconds
    private volatile boolean over;

    private Squeeze(InetSocketAddress address, Transport transport) {
        this.address = address;
        this.transport = transport;
    }

    /**
     * Measures. Exits with 1 if the server did not live, or did not end as it should when told to.
     *
     * @param args see above; 600 seconds, 64 MiB, 300 talkers, clear
     * @throws Exception if the server cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 600;
        int megabytes = args.length > 2 ? Integer.parseInt(args[2]) : 64;
        int talkers = args.length > 3 ? Integer.parseInt(args[3]) : 300;
        boolean tls = args.length > 4 && "tls".equals(args[4]);
        Process server = start(jar, megabytes, tls);
        try (BufferedReader printed = server.inputReader(StandardCharsets.UTF_8)) {
            InetSocketAddress address = invitation(printed);
            Thread log = new Thread(() -> echo(printed), "server-log");
            log.setDaemon(true);
            log.start();
            Transport transport = tls
                    ? NioTransport.builder()
                            .tls(TlsOptions.of(Certificate.clientContext()))
                            .build()
                    : NioTransport.create();
            Squeeze squeeze = new Squeeze(address, transport);
            squeeze.run(talkers, Duration.ofSeconds(seconds), server);
            boolean lived = server.isAlive();
            server.destroy();
            boolean ended = server.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
            System.out.printf(
                    "the server %s; told to end, it %s%n",
                    lived ? "lived" : "DIED", ended ? "ended with code " + server.exitValue() : "DID NOT END");
            System.exit(lived && ended ? 0 : 1);
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process start(Path jar, int megabytes, boolean tls) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-jar",
                jar.toString(),
                "--host=localhost",
                "--port=0",
                "--memory",
                "--max-per-address=10000"));
        if (tls) {
            command.add("--tls-self-signed=" + Files.createTempDirectory("squeeze"));
        }
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .start();
    }

    private static InetSocketAddress invitation(BufferedReader printed) throws IOException {
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            Matcher found = INVITATION.matcher(line);
            if (found.matches()) {
                return new InetSocketAddress("localhost", Integer.parseInt(found.group(1)));
            }
        }
        throw new IOException("the server did not start");
    }

    private static void echo(BufferedReader printed) {
        try {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                if (line.matches(".*(Error|WARN|Exception).*")) {
                    System.out.println("server: " + line);
                }
            }
        } catch (IOException gone) {
            // the server has ended
        }
    }

    private void run(int talkers, Duration time, Process server) throws Exception {
        List<ChatClient> clients = new ArrayList<>();
        try (ChatClient pinger = client("pinger")) {
            for (int i = 0; i < talkers; i++) {
                ChatClient client = client("talker" + i);
                clients.add(client);
                ChatRoom room = client.enterAsync("den" + i, 0, message -> {}).get(60, TimeUnit.SECONDS);
                IntStream.range(0, UNDER_WAY).forEach(one -> say(client, room));
            }
            System.out.printf("%d talkers are in%n", talkers);
            long began = System.nanoTime();
            long end = began + time.toNanos();
            for (long next = began; System.nanoTime() < end && server.isAlive(); next += 100_000_000) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                pinger.ping().thenAccept(took -> pings.add(took.toNanos() / 1_000));
            }
            over = true;
            report((System.nanoTime() - began) / 1e9, server);
        } finally {
            clients.forEach(ChatClient::closeAsync);
        }
    }

    private ChatClient client(String name) {
        return ChatClient.builder()
                .name(name)
                .longestRetry(Duration.ofSeconds(1))
                .listener(new ClientListener() {
                    @Override
                    public void onState(ClientState state) {
                        if (state.phase() == ClientState.Phase.OFFLINE) {
                            losses.incrementAndGet();
                        }
                    }
                })
                .connect(transport, address);
    }

    private void say(ChatClient client, ChatRoom room) {
        if (over) {
            return;
        }
        room.say(TEXT).whenComplete((receipt, why) -> {
            if (receipt != null) {
                said.increment();
                say(client, room);
            } else if (client.state().phase() != ClientState.Phase.ENDED) {
                String code = why instanceof ChatException known ? known.code() + " " + known.getMessage() : "" + why;
                refused.computeIfAbsent(code, none -> new LongAdder()).increment();
                later(() -> say(client, room));
            }
        });
    }

    private static void later(Runnable task) {
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(task);
    }

    private void report(double seconds, Process server) throws IOException {
        long[] sorted = pings.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("%,d messages said, %,.0f a second%n", said.sum(), said.sum() / seconds);
        new TreeMap<>(refused).forEach((code, count) -> System.out.printf("refused: %s: %,d%n", code, count.sum()));
        System.out.printf("connections lost or attempts in vain: %,d%n", losses.get());
        System.out.printf(
                "ping of somebody else: p50 %.1f, p99 %.1f, max %.1f ms of %,d%n",
                at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), sorted.length);
        if (server.isAlive()) {
            System.out.printf("the server has %s resident%n", resident(server.pid()));
        }
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e3;
    }

    private static String resident(long pid) throws IOException {
        return Arrays.stream(
                        Files.readString(Path.of("/proc", "" + pid, "status")).split("\n"))
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.substring("VmRSS:".length()).strip())
                .findFirst()
                .orElse("?");
    }
}
