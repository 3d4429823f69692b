package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSpecTest {
    @Test
    void aKindIsItsOwnLabel() {
        ServerSpec floor = ServerSpec.parse("floor");
        assertThat(floor.label()).isEqualTo("floor");
        assertThat(floor.kind()).isEqualTo("floor");
        assertThat(floor.isShipped()).isFalse();
        assertThat(floor.isNative()).isFalse();
        assertThat(floor.isTls()).isFalse();
        assertThat(ServerSpec.parse("parley-nio-tls").isTls()).isTrue();
        assertThat(ServerSpec.parse("floor-c").isNative()).isTrue();
    }

    @Test
    void anotherJarIsStartedInPlaceOfThisOne() throws IOException {
        ServerSpec before = ServerSpec.parse("before=parley-nio@old/benchmarks.jar");
        assertThat(before.label()).isEqualTo("before");
        List<String> command = before.command(1 << 20, 7, 0);
        assertThat(command)
                .containsSubsequence(
                        "-cp",
                        Path.of("old/benchmarks.jar").toString(),
                        ServerProcess.class.getName(),
                        "parley-nio",
                        "1048576",
                        "7");
    }

    @Test
    void theShippedServerRunsAsItIs(@TempDir Path folder) throws IOException {
        Path jar = Files.createFile(folder.resolve("chat-server.jar"));
        ServerSpec shipped = ServerSpec.parse("new=shipped-blocking@" + jar);
        assertThat(shipped.isShipped()).isTrue();
        assertThat(shipped.command(1 << 20, 7, 4711))
                .containsSubsequence("-jar", jar.toString(), "--port=0", "--transport=blocking")
                .anyMatch(word -> word.startsWith("-javaagent:") && word.endsWith("=4711"));
    }

    @Test
    void aShippedServerKeepsItsRoomsWhereOneSays(@TempDir Path folder) throws IOException {
        Path jar = Files.createFile(folder.resolve("chat-server.jar"));
        ServerSpec full = ServerSpec.parse("shipped-blocking+full@" + jar);
        assertThat(full.isInMemory()).isFalse();
        assertThat(full.command(1 << 20, 7, 1)).contains("--transport=blocking", "--durability=full");
        assertThat(ServerSpec.parse("shipped@" + jar).isInMemory()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("shipped+tape@" + jar).command(1, 1, 1))
                .withMessageContaining("shipped+tape");
    }

    @Test
    void aJarThatIsNotThereIsToldOf() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("shipped@nowhere.jar").command(1, 1, 1))
                .withMessageContaining("nowhere.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=floor", "a=", "a=@x.jar", "floor,floor", "a=floor,a=tutorial"})
    void whatNamesNoServerOrOneTwiceIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerSpec.parseAll(text));
    }
}
