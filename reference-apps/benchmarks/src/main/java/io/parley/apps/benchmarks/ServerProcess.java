package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Usage;
import io.parley.apps.benchmarks.peers.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process of a server under load, so that its CPU time can be measured: Parley, or a server that it is compared with.
 * It prints its port, and then answers each line of its input with its use of resources.
 */
public final class ServerProcess {
    private static final int START_MILLIS = 30_000;

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
                long windowBytes = peer instanceof ParleyPeer parley ? parley.windowBytes() : 0;
                System.out.println(Usage.answer(line, windowBytes));
            }
        }
    }

    /** Starts the process of a server and asks it. One thread. */
    static final class Handle implements AutoCloseable {
        private static final Pattern INVITATION = Pattern.compile(".*chat-client\\.jar \\S*?:(\\d+).*");

        private final Process process;
        private final OutputStream questions;
        private final BufferedReader answers;
        private final int port;
        private final boolean knowsNothing; // no JVM: it reports nothing itself

        Handle(String kind, long windowBytes, int keepEntries) {
            this(ServerSpec.parse(kind), windowBytes, keepEntries);
        }

        Handle(ServerSpec server, long windowBytes, int keepEntries) {
            knowsNothing = server.isNative();
            Process started = null;
            try (ServerSocket agents = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ProcessBuilder builder =
                        new ProcessBuilder(server.command(windowBytes, keepEntries, agents.getLocalPort()));
                if (server.isInMemory()) {
                    builder.environment().remove("PARLEY_DATA");
                    builder.environment().put("PARLEY_MEMORY", "true"); // an earlier server does not know the option
                }
                started = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
                process = started;
                BufferedReader output = reader(process.getInputStream());
                if (server.isShipped()) {
                    agents.setSoTimeout(START_MILLIS);
                    Socket agent = agents.accept();
                    questions = agent.getOutputStream();
                    answers = reader(agent.getInputStream());
                    port = invitedTo(output);
                    Thread rest = new Thread(() -> readOn(output), "server-log");
                    rest.setDaemon(true);
                    rest.start();
                } else {
                    questions = process.getOutputStream();
                    answers = output;
                    port = Integer.parseInt(answers.readLine());
                }
            } catch (IOException | RuntimeException no) {
                if (started != null) {
                    started.destroy();
                }
                throw new IllegalStateException("cannot start " + server.label(), no);
            }
        }

        private static BufferedReader reader(InputStream from) {
            return new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
        }

        /** The port in the line that shows how to connect. */
        private static int invitedTo(BufferedReader output) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher invitation = INVITATION.matcher(line);
                if (invitation.matches()) {
                    return Integer.parseInt(invitation.group(1));
                }
            }
            throw new IOException("the server ended, or does not say how to come in");
        }

        private static void readOn(BufferedReader output) {
            try (output) {
                while (output.readLine() != null) {
                    // else the server's log would fill the pipe
                }
            } catch (IOException over) {
                // the server has ended
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

        /** The same after a garbage collection. */
        Usage collected() {
            return ask(Usage.COLLECT);
        }

        private Usage ask(String question) {
            if (knowsNothing) {
                return Usage.ofProcess(pid());
            }
            try {
                questions.write((question + "\n").getBytes(StandardCharsets.UTF_8));
                questions.flush();
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
