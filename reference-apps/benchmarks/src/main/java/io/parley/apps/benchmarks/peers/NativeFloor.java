package io.parley.apps.benchmarks.peers;

import io.parley.wire.Join;
import io.parley.wire.Wire;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor without a JVM: a loop over epoll in C, compiled when it is first asked for. Linux, with a C compiler named
 * {@code cc} on the path. Any thread.
 */
public final class NativeFloor {
    private static final long ORIGIN = 0x0102030405060708L; // which the program replaces

    private static @Nullable Path program; // once it is compiled; guarded by the class

    private NativeFloor() {}

    /**
     * The command of a process that prints its port and runs until it is ended.
     *
     * @return the program and its arguments
     * @throws IOException if it cannot be compiled
     */
    public static List<String> command() throws IOException {
        byte[] joined = Replies.joined(new Join(1, "room", null, 0, ""), 1, 0, 1);
        HexFormat hex = HexFormat.of();
        return List.of(
                compiled().toString(),
                hex.formatHex(Replies.welcome(Sender.of(ORIGIN, "member"))),
                // Behind the header, the numbers of request and room and the snapshot's length, which are a byte each
                // here.
                hex.formatHex(joined, Wire.HEADER_BYTES + 3, joined.length));
    }

    /**
     * Whether it can be compiled and run here.
     *
     * @return true on Linux, if there is a C compiler
     */
    public static boolean isAvailable() {
        return "Linux".equals(System.getProperty("os.name"))
                && Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cc")));
    }

    private static synchronized Path compiled() throws IOException {
        if (program == null) {
            program = compile();
        }
        return program;
    }

    private static Path compile() throws IOException {
        Path folder = Files.createTempDirectory("parley-floor");
        Path source = folder.resolve("floor.c");
        Path compiled = folder.resolve("floor");
        folder.toFile().deleteOnExit(); // in the opposite order: when it is empty
        source.toFile().deleteOnExit();
        compiled.toFile().deleteOnExit();
        try (InputStream text = NativeFloor.class.getResourceAsStream("floor.c")) {
            if (text == null) {
                throw new IOException("floor.c is not in this jar");
            }
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Process compiler = new ProcessBuilder("cc", "-O2", "-o", compiled.toString(), source.toString())
                .inheritIO()
                .start();
        try {
            if (compiler.waitFor() != 0) {
                throw new IOException("cc could not compile " + source);
            }
        } catch (InterruptedException no) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compiling", no);
        }
        return compiled;
    }
}
