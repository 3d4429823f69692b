package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.transport.nio.NioTransport;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to a server in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class ServerSignalTest {
    @TempDir
    private Path folder;

    private static String await(BufferedReader lines, String part) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("it ended without saying " + part);
    }

    private Process start(String... options) throws IOException {
        return startFrom(System.getProperty("java.class.path"), options);
    }

    private static Process startFrom(String classPath, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ChatServerApp.class.getName(),
                "--host=127.0.0.1",
                "--port=0",
                "--memory"));
        command.addAll(List.of(options));
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Then reading what it says comes to an end.
        CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(server::destroyForcibly);
        return server;
    }

    /** Whether this process and its children ignore a signal, as nohup and background jobs of a shell do. */
    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        String mask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return new BigInteger(mask, 16).testBit(signal - 1);
    }

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void drainsAndExitsInOrder(String signal, int number) throws Exception {
        assumeFalse(isIgnored(number), "this run is deaf to " + signal);
        Process server = start("--tls-self-signed=" + folder);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
            await(lines, "A line typed here");
            kill(signal, server);
            await(lines, "draining: 0 connections");
            await(lines, "ended");
            assertThat(server.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void exitsThoughNobodyReadsWhatItSays() throws Exception {
        assumeFalse(isIgnored(15), "this run is deaf to TERM");
        Process server = start("--log-messages");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
            String invitation = await(lines, "chat-client.jar 127.0.0.1:");
            await(lines, "A line typed here");
            int port = Integer.parseInt(invitation.replaceAll(".*:", "").strip());
            try (ChatClient alice = ChatClient.builder()
                    .name("alice")
                    .connect(NioTransport.create(), new InetSocketAddress("127.0.0.1", port))) {
                ChatRoom lobby = alice.enter("lobby", message -> {});
                for (int i = 0; i < 40; i++) {
                    lobby.say("x".repeat(8_000)).join(); // more than any pipe and reader take
                }
            }
            kill("TERM", server);
            assertThat(server.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void readsItsCertificateAgain() throws Exception {
        assumeFalse(isIgnored(1), "this run is deaf to HUP");
        Process server = start("--tls-self-signed=" + folder);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
            await(lines, "A line typed here");
            kill("HUP", server);
            await(lines, "new connections see the certificate");
        } finally {
            server.destroyForcibly();
        }
    }

    /** As where the jar is replaced: what has not been loaded by now never will be. */
    @ParameterizedTest
    @CsvSource({"TERM, 15, cannot end in order", "HUP, 1, cannot read again in order"})
    void tellsThatItsClassesAreGone(String signal, int number, String words) throws Exception {
        assumeFalse(isIgnored(number) || isIgnored(15), "this run is deaf to " + signal);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path origin = Path.of(ChatServerApp.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(origin))
                .collect(Collectors.joining(File.pathSeparator));
        copy(origin, classes);
        Process server = startFrom(classes + File.pathSeparator + others);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
            await(lines, "A line typed here");
            Files.move(classes, folder.resolve("elsewhere"));
            kill(signal, server);
            await(lines, words + ": java.lang.NoClassDefFoundError");
            kill("TERM", server);
            assertThat(server.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isEqualTo(1);
        } finally {
            server.destroyForcibly();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
    }

    private static void kill(String signal, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(process.pid()))).start();
        assertThat(kill.waitFor()).isZero();
    }
}
