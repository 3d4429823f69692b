package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.peers.NativeFloor;
import io.parley.apps.benchmarks.peers.Peer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A server to measure, as it is named on a command line: {@code [LABEL=]KIND[@JAR]}. Immutable, for any thread.
 *
 * <p>Kinds are those of {@link ParleyPeer} and of {@link Peer}, started by {@link
 * ServerProcess}; a jar is then a {@code benchmarks.jar} of another build, so that two versions can take turns. The kinds
 * {@code shipped} and {@code shipped-blocking} are the chat server as users run it, with {@code java -jar}; a jar is then
 * another {@code chat-server.jar}. They keep everything in memory; with {@code +full} or {@code +relaxed} behind the kind they keep it in
 * a folder, with that durability, and with {@code +postgres} in the database whose address is in the environment variable {@code
 * PARLEY_DATA}. The kind {@code floor-c} is {@link NativeFloor}. A label tells apart two of one kind.
 *
 * @param label its name in tables
 * @param kind the kind of server
 * @param jar the jar with its classes
 */
record ServerSpec(String label, String kind, Path jar) {
    private static final String SHIPPED = "shipped";
    private static final String NATIVE = "floor-c";
    private static final Path SHIPPED_JAR = Path.of("reference-apps", "chat-server", "target", "chat-server.jar");

    static ServerSpec parse(String text) {
        int equals = text.indexOf('=');
        String rest = text.substring(equals + 1);
        int at = rest.indexOf('@');
        String kind = at < 0 ? rest : rest.substring(0, at);
        String label = equals < 0 ? rest : text.substring(0, equals);
        if (label.isEmpty() || kind.isEmpty()) {
            throw new IllegalArgumentException("not [LABEL=]KIND[@JAR]: " + text);
        }
        Path usual = kind.startsWith(SHIPPED) ? SHIPPED_JAR : ownJar();
        return new ServerSpec(label, kind, at < 0 ? usual : Path.of(rest.substring(at + 1)));
    }

    static List<ServerSpec> parseAll(String commas) {
        List<ServerSpec> all =
                Arrays.stream(commas.split(",", -1)).map(ServerSpec::parse).toList();
        if (all.stream().map(ServerSpec::label).distinct().count() < all.size()) {
            throw new IllegalArgumentException("two servers of one label: " + commas);
        }
        return all;
    }

    private static Path ownJar() {
        return Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
    }

    boolean isShipped() {
        return kind.startsWith(SHIPPED);
    }

    boolean isTls() {
        return kind.endsWith("-tls");
    }

    boolean isNative() {
        return kind.equals(NATIVE);
    }

    /** The command of its process. */
    List<String> command(long windowBytes, int keepEntries, int agentPort) throws IOException {
        if (isNative()) {
            return NativeFloor.command();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms512m", "-Xmx4g"));
        if (Runtime.version().feature() >= 24) { // a peer has native code of its own, and is slower without this
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("-Dio.netty.noUnsafe=false");
        }
        command.addAll(isShipped() ? shipped(agentPort) : embedded(windowBytes, keepEntries));
        return command;
    }

    private List<String> embedded(long windowBytes, int keepEntries) {
        boolean own = jar.equals(ownJar());
        return List.of(
                "-cp",
                own ? System.getProperty("java.class.path") : jar.toString(),
                ServerProcess.class.getName(),
                kind,
                Long.toString(windowBytes),
                Integer.toString(keepEntries));
    }

    /** The chat server, with limits that a benchmark does not reach. */
    private List<String> shipped(int agentPort) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("there is no " + jar + ": build first, or name one with @");
        }
        String transport =
                withoutStorage().equals(SHIPPED) ? "nio" : withoutStorage().substring(SHIPPED.length() + 1);
        List<String> command = new ArrayList<>(storage());
        command.addAll(
                0,
                List.of(
                        "-javaagent:" + ownJar() + "=" + agentPort,
                        "-jar",
                        jar.toString(),
                        "--host=127.0.0.1",
                        "--port=0",
                        "--transport=" + transport.toLowerCase(Locale.ROOT),
                        "--frames-per-second=10000000",
                        "--burst-frames=10000000",
                        "--max-connections=20000",
                        "--max-per-address=20000",
                        "--write-timeout=10m"));
        return command;
    }

    private String withoutStorage() {
        int plus = kind.indexOf('+');
        return plus < 0 ? kind : kind.substring(0, plus);
    }

    /** Whether everything that is said ends with the process. */
    boolean isInMemory() {
        return withoutStorage().equals(kind);
    }

    private List<String> storage() throws IOException {
        return switch (kind.substring(withoutStorage().length())) {
            case "" -> List.of(); // said by a variable: an earlier server does not know the option
            case "+postgres" -> List.of("--data=" + System.getenv("PARLEY_DATA"), "--data-user=postgres");
            case "+full", "+relaxed" ->
                List.of(
                        "--data=" + Files.createTempDirectory("benchmark").resolve("data"),
                        "--durability=" + kind.substring(withoutStorage().length() + 1));
            default -> throw new IllegalArgumentException("no such storage: " + kind);
        };
    }
}
