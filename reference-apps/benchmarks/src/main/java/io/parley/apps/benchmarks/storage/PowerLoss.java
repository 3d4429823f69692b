package io.parley.apps.benchmarks.storage;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.transport.Transport;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Proves that nothing is lost when the power fails: the system calls of a chat server under load are recorded by {@code strace}, the
 * files are made as they would be on the disk at many moments, and what had been acknowledged by then is looked for in them.
 *
 * <pre>java -cp benchmarks.jar:chat-server.jar io.parley.apps.benchmarks.storage.PowerLoss [messages] [moments] [seed]</pre>
 */
public final class PowerLoss {
    private static final int CLIENTS = 20;
    private static final int ROOMS = 5;
    private static final int IN_FLIGHT = 2; // messages of a client
    private static final long SECONDS = 120;

    private PowerLoss() {}

    /**
     * Runs and prints a report. Exits with 1 if something acknowledged is missing.
     *
     * @param args see above; 10,000 messages, 200 moments, seed 1
     * @throws Exception if the server cannot be run, or {@code strace} is not there
     */
    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int moments = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        Path folder = Files.createTempDirectory("power-loss");
        Path data = folder.resolve("data");
        Path listing = folder.resolve("calls");
        record(data, listing, messages);
        PowerLossCheck check = new PowerLossCheck(data, listing, folder.resolve("then"), moments, seed);
        System.out.println(check.run());
        System.exit(check.isClean() && check.acknowledged() >= messages ? 0 : 1);
    }

    private static void record(Path data, Path listing, int messages) throws Exception {
        List<String> strace = List.of(
                "strace",
                "-f",
                "-yy",
                "-xx",
                "-s",
                "10000000",
                "-e",
                "signal=none",
                "-e",
                "trace=pwrite64,write,writev,fsync,fdatasync,ftruncate",
                "-o",
                listing.toString());
        try (PlainServer server = PlainServer.start(
                strace, List.of(), List.of("--frames-per-second=100000", "--burst-frames=100000", "--data=" + data))) {
            talk(server.port(), messages, server::kill);
        }
    }

    private static void talk(int port, int messages, Runnable end) throws Exception {
        Transport transport = NioTransport.create();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        List<ChatClient> clients = new ArrayList<>();
        List<ArrayDeque<CompletableFuture<Receipt>>> waiting = new ArrayList<>();
        List<ChatRoom> rooms = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                ChatClient client = ChatClient.builder()
                        .name("visitor" + i)
                        .reconnect(false)
                        .connect(transport, address);
                clients.add(client);
                rooms.add(client.enter("room" + i % ROOMS, message -> {}));
                waiting.add(new ArrayDeque<>());
            }
            for (int i = 0; i < messages; i++) {
                ArrayDeque<CompletableFuture<Receipt>> mine = waiting.get(i % CLIENTS);
                mine.add(rooms.get(i % CLIENTS).say(PowerLossCheck.text(i)));
                if (mine.size() >= IN_FLIGHT) {
                    mine.remove().get(SECONDS, TimeUnit.SECONDS);
                }
            }
            for (ArrayDeque<CompletableFuture<Receipt>> mine : waiting) {
                for (CompletableFuture<Receipt> one : mine) {
                    one.get(SECONDS, TimeUnit.SECONDS);
                }
            }
        } finally {
            end.run(); // first: a room that all guests leave is deleted
            clients.forEach(ChatClient::closeAsync);
        }
    }
}
