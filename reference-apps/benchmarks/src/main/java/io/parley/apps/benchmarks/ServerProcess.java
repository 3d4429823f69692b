package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.peers.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server under load, in a process of its own so that its CPU time is its own: Parley over one of its transports, or
 * one of those it is compared with. It says its port, then answers each line on its input with what it has used.
 */
public final class ServerProcess {
    private ServerProcess() {}

    /**
     * Runs until its input ends.
     *
     * @param args the server's kind, the window in bytes, and how many entries a room keeps
     * @throws Exception if it cannot be started
     */
    public static void main(String[] args) throws Exception {
        try (Peer peer = args[0].startsWith("parley")
                        ? new ParleyPeer(args[0], Long.parseLong(args[1]), Integer.parseInt(args[2]))
                        : Peer.start(args[0]);
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(peer.port());
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if ("collect".equals(line)) {
                    System.gc();
                    System.gc();
                }
                System.out.println(Usage.now(peer instanceof ParleyPeer parley ? parley.windowBytes() : 0)
                        .line());
            }
        }
    }

    /** Such a process, started and asked. One thread. */
    static final class Handle implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final int port;

        Handle(String kind, long windowBytes, int keepEntries) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xms512m", "-Xmx4g"));
            if (Runtime.version().feature() >= 24) { // a peer brings its own system calls, and is slower without this
                command.add("--enable-native-access=ALL-UNNAMED");
                command.add("--sun-misc-unsafe-memory-access=allow");
                command.add("-Dio.netty.noUnsafe=false");
            }
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(
                    ServerProcess.class.getName(), kind, Long.toString(windowBytes), Integer.toString(keepEntries)));
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

        InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        long pid() {
            return process.pid();
        }

        Usage usage() {
            return ask("usage");
        }

        /** The same after a collection. */
        Usage collected() {
            return ask("collect");
        }

        private Usage ask(String question) {
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
