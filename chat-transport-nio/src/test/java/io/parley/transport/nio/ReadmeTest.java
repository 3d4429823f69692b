package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.server.ChatServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README is a promise: its example compiles and does what it says. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void theExampleRuns(@TempDir Path folder) throws Exception {
        compile(block("example"), folder.resolve("Example.java"));
        assertThat(run(folder)).contains("alice: hello").containsPattern("said, as number \\d+");
    }

    private static void compile(String text, Path source) throws IOException {
        Files.writeString(source, text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int status = compiler.run(
                null, complaints, complaints, "-d", source.resolveSibling("").toString(), source.toString());
        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
    }

    private static String run(Path folder) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The connection is cut three times; what is said by either side meanwhile is shown once and in order. */
    @Test
    @Timeout(120)
    void theOtherExampleStays(@TempDir Path folder) throws Exception {
        compile(block("staying-example"), folder.resolve("Staying.java"));
        try (ChatServer server = ChatServer.builder()
                        .listen(NioTransport.create(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .start();
                ChatClient alice = ChatClient.builder()
                        .name("alice")
                        .connect(NioTransport.create(), server.addresses().get(0));
                Relay relay = new Relay((InetSocketAddress) server.addresses().get(0))) {
            ChatRoom lobby = alice.enter("lobby", message -> {});
            Process bob = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            folder + File.pathSeparator + System.getProperty("java.class.path"),
                            "Staying",
                            String.valueOf(relay.port()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader printed = bob.inputReader();
                    Writer keyboard = bob.outputWriter()) {
                type(keyboard, "first");
                assertThat(until(printed, "first")).endsWith("- ONLINE", "LIVE 2 bob: first");
                for (int cut = 0; cut < 3; cut++) {
                    relay.cut();
                    assertThat(until(printed, "OFFLINE")).containsExactly("- OFFLINE");
                    lobby.say("said " + cut).join();
                    type(keyboard, "typed " + cut);
                    relay.mend();
                    assertThat(until(printed, "typed"))
                            .filteredOn(line -> !line.equals("- CONNECTING") && !line.equals("- OFFLINE"))
                            .containsExactly(
                                    "- ONLINE",
                                    "CATCH_UP " + (3 + 2 * cut) + " alice: said " + cut,
                                    "LIVE " + (4 + 2 * cut) + " bob: typed " + cut);
                }
            }
            assertThat(bob.waitFor()).isZero();
        }
    }

    private static void type(Writer keyboard, String line) throws IOException {
        keyboard.write(line + "\n");
        keyboard.flush();
    }

    /** The lines up to the first that has a word. */
    private static List<String> until(BufferedReader printed, String word) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = printed.readLine();
            assertThat(line).as("a line with %s after %s", word, lines).isNotNull();
            lines.add(line);
        } while (!line.contains(word));
        return lines;
    }

    /** Carries bytes between clients and a server. While it is cut it lets nobody through. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final InetSocketAddress server;
        private final List<Socket> open = new ArrayList<>(); // guarded by this
        private boolean broken; // guarded by this

        Relay(InetSocketAddress server) throws IOException {
            this.server = server;
            daemon(this::accept);
        }

        int port() {
            return door.getLocalPort();
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task, "relay");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (!door.isClosed()) {
                    join(door.accept());
                }
            } catch (IOException closed) {
                // closed
            }
        }

        private synchronized void join(Socket client) throws IOException {
            if (broken) {
                client.close();
                return;
            }
            Socket behind = new Socket(server.getAddress(), server.getPort());
            open.addAll(List.of(client, behind));
            daemon(() -> carry(client, behind));
            daemon(() -> carry(behind, client));
        }

        private static void carry(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException cut) {
                // both ends are closed now
            }
        }

        synchronized void cut() throws IOException {
            broken = true;
            for (Socket socket : open) {
                socket.close();
            }
            open.clear();
        }

        synchronized void mend() {
            broken = false;
        }

        @Override
        public void close() throws IOException {
            door.close();
            cut();
        }
    }

    @Test
    void theDependencyIsThisModule() throws IOException {
        String pom = Files.readString(Path.of("..", "pom.xml"));
        Matcher version = Pattern.compile("<revision>([^<]+)</revision>").matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(block("dependency"))
                .contains("<groupId>io.parley</groupId>")
                .contains("<artifactId>chat-transport-nio</artifactId>")
                .contains("<version>" + version.group(1) + "</version>");
    }

    /** The fenced block behind a marker. */
    private static String block(String marker) throws IOException {
        Matcher found = Pattern.compile("<!-- " + marker + " -->\\s*```\\w*\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(found.find()).as("a block marked %s in README.md", marker).isTrue();
        return found.group(1);
    }
}
