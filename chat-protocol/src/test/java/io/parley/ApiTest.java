package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.server.ChatServer;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The public surface is what is recorded. */
class ApiTest {
    @Test
    void isAsRecorded() throws IOException {
        ApiSurface.check(ChatServer.class);
    }

    @Test
    void hasTypesMembersAndConstants() throws IOException {
        assertThat(ApiSurface.surface(ChatServer.class))
                .contains(
                        "io.parley.transport.TlsStream:   public static final int io.parley.transport.TlsStream.BUFFER_BYTES = 17408",
                        "io.parley.transport.Progress:   public static final io.parley.transport.Progress io.parley.transport.Progress.MORE")
                .noneMatch(line -> line.startsWith("io.parley.log."));
    }

    @Test
    void aRenamedMethodAndANewAbstractOneBreak() {
        Set<String> before = Set.of("a.B: interface a.B", "a.B:   public abstract int one()", "a.C: class a.C");
        Set<String> now = Set.of(
                "a.B: interface a.B",
                "a.B:   public abstract int two()",
                "a.C: class a.C",
                "a.C:   public int three()",
                "a.D: interface a.D",
                "a.D:   public abstract int four()");
        assertThat(ApiSurface.breaks(before, now))
                .containsExactly("a.B:   public abstract int one()", "a.B:   public abstract int two()");
    }
}
