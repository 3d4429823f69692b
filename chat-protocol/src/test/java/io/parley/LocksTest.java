package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of locks names each class that has one. */
class LocksTest {
    private static final Path PAGE = Path.of("..", "docs", "locks.md");

    static Stream<Path> sources() throws IOException {
        Stream.Builder<Path> all = Stream.builder();
        for (String module : List.of(
                "chat-protocol",
                "chat-transport-blocking",
                "chat-transport-nio",
                "reference-apps/journal-jdbc",
                "reference-apps/accounts")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all);
            }
        }
        return all.build().filter(LocksTest::hasLock);
    }

    private static boolean hasLock(Path file) {
        try {
            String code = Files.readString(file);
            return code.contains("ReentrantLock lock")
                    || code.contains("new ReentrantLock()")
                    || code.contains("synchronized");
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aLockIsOnThePage(Path file) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        assertThat(Files.readString(PAGE)).contains("`" + type);
    }
}
