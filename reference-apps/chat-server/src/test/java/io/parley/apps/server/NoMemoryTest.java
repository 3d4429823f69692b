package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.transport.nio.NioTransport;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever memory is missing in a server, the process ends with its message and code. Run with {@code
 * -Dparley.places=N}: so many places on each kind of thread.
 */
@Timeout(300)
@EnabledIfSystemProperty(
        named = "parley.places",
        matches = "[1-9]\\d*",
        disabledReason = "which places are met depends on the speed of the machine")
@DisabledForJreRange(
        min = JRE.JAVA_25,
        disabledReason =
                "the debugger's agent of JDK 25 crashes as it is told of the end (in threadControl_setPendingInterrupt)")
class NoMemoryTest {
    private static final int PLACES = Integer.getInteger("parley.places", 1); // on each thread
    private static final Pattern DEBUGGER = Pattern.compile("address: (\\d+)");
    private static final Pattern PORT = Pattern.compile("chat-client.*:(\\d+)");

    @TempDir
    private Path folder;

    private static Stream<Arguments> placesOnThreads() {
        Random random = new Random(Integer.getInteger("parley.seed", 3));
        List<Arguments> all = new ArrayList<>();
        for (String thread : List.of(
                "parley-nio-",
                "parley-timer",
                "parley-callback",
                "parley-journal-writer",
                "parley-journal-answers",
                "parley-journal-reader")) {
            for (int i = 0; i < PLACES; i++) {
                all.add(Arguments.of("nio", thread, random.nextInt(150)));
            }
        }
        for (String thread : List.of("parley-acceptor-", "parley-reader-", "parley-writer-")) {
            for (int i = 0; i < PLACES; i++) {
                all.add(Arguments.of("blocking", thread, random.nextInt(50)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("placesOnThreads")
    void theProcessEnds(String transport, String thread, int calls) throws Exception {
        Path out = folder.resolve("out");
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.parley.apps.server.ChatServerApp",
                        "--host",
                        "localhost",
                        "--port",
                        "0",
                        "--transport",
                        transport,
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        Talk talk = null;
        try {
            Patience.await()
                    .until(() ->
                            !server.isAlive() || Files.readString(out, UTF_8).contains("Ctrl-C"));
            String said = Files.readString(out, UTF_8);
            talk = new Talk(number(PORT, said));
            talk.start();
            String where;
            try (Injection injection = Injection.into(number(DEBUGGER, said))) {
                where = injection.throwIn(thread, calls);
            }
            assertThat(where).as("a place on a thread " + thread).isNotNull();
            long thrown = System.nanoTime();
            boolean ended = server.waitFor(15, TimeUnit.SECONDS);
            System.out.printf("%d ms, %s%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - thrown), where);
            assertThat(ended)
                    .as(where + "; the log: " + Files.readString(out, UTF_8))
                    .isTrue();
            assertThat(server.exitValue()).as(where).isEqualTo(70);
            assertThat(Files.readString(out, UTF_8))
                    .contains("chat-server: there is no memory left (-Xmx gives more); it ends with code 70");
        } finally {
            if (talk != null) {
                talk.end();
            }
            server.destroyForcibly().waitFor();
        }
    }

    private static int number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** Users who come, talk, read and go, so that all threads of the server have work. */
    private static final class Talk extends Thread {
        private final int port;
        private volatile boolean over;

        Talk(int port) {
            super("talk");
            this.port = port;
        }

        @Override
        public void run() {
            for (int i = 0; !over; i++) {
                try (ChatClient client = ChatClient.builder()
                        .name("ann" + i)
                        .reconnect(false)
                        .connect(NioTransport.create(), new InetSocketAddress("localhost", port))) {
                    ChatRoom room = client.enter("den" + i % 3, message -> {});
                    for (int j = 0; j < 5; j++) {
                        room.say("no " + j).get(1, TimeUnit.SECONDS);
                    }
                    room.historyAfter(0, 20).get(1, TimeUnit.SECONDS);
                } catch (Exception goOn) {
                    // the server is being ended
                }
            }
        }

        void end() throws InterruptedException {
            over = true;
            join();
        }
    }
}
