package io.parley.apps.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.parley.room.HubOptions;
import io.parley.room.MemoryJournal;
import io.parley.server.ChatServer;
import io.parley.server.ServerOptions;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The server under load, in a process of its own so that its CPU time is its own. It says its port, then answers each
 * line on its input with a line of numbers.
 */
public final class ServerProcess {

    /**
     * What the server has used so far.
     *
     * @param cpuNanos CPU time of the whole process
     * @param heapBytes heap in use after a collection
     * @param windowBytes encoded entries kept for readers
     */
    record Usage(long cpuNanos, long heapBytes, long windowBytes) {
        static Usage parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }
    }

    private ServerProcess() {}

    /**
     * Runs until its input ends.
     *
     * @param args the transport's name, the window in bytes, and how many entries a room keeps
     * @throws IOException if no port can be had
     */
    public static void main(String[] args) throws IOException {
        Transport transport = "blocking".equals(args[0]) ? BlockingTransport.create() : NioTransport.create();
        ServerOptions options = ServerOptions.DEFAULT
                .withFrameRate(10_000_000, 10_000_000)
                .withMaxConnections(20_000, 20_000)
                .withWriteTimeout(Duration.ofMinutes(10));
        try (ChatServer server = ChatServer.builder()
                        .listen(transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .options(options)
                        .hubOptions(HubOptions.DEFAULT.withMaxWindowBytes(Long.parseLong(args[1])))
                        .journal(new MemoryJournal(Integer.parseInt(args[2]), 1L << 30, 10_000))
                        .start();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(((InetSocketAddress) server.addresses().get(0)).getPort());
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(answer(server, line));
            }
        }
    }

    private static String answer(ChatServer server, String question) {
        if ("collect".equals(question)) {
            System.gc();
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return system.getProcessCpuTime() + " " + heap + " " + server.hub().windowBytes();
    }

    /** Such a process, started and asked. */
    static final class Handle implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final int port;

        Handle(String transport, long windowBytes, int keepEntries) {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms512m",
                    "-Xmx2g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServerProcess.class.getName(),
                    transport,
                    Long.toString(windowBytes),
                    Integer.toString(keepEntries));
            try {
                process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                port = Integer.parseInt(answers.readLine());
            } catch (IOException no) {
                throw new UncheckedIOException(no);
            }
        }

        int port() {
            return port;
        }

        Usage ask(String question) {
            try {
                process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                return Usage.parse(answers.readLine());
            } catch (IOException no) {
                throw new UncheckedIOException(no);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
