package io.parley.apps.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StandardInputTest {
    /** Prints how much there is to read, up to some bytes. */
    static final class Reader {
        public static void main(String[] args) throws IOException {
            System.out.print(StandardInput.get().readNBytes(1_000).length);
        }
    }

    private static String bytesRead(String shellRedirection, Path folder) throws Exception {
        Path out = folder.resolve("out");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$0\" -cp \"$1\" \"$2\" " + shellRedirection,
                        java,
                        System.getProperty("java.class.path"),
                        Reader.class.getName())
                .redirectInput(Redirect.PIPE)
                .redirectOutput(out.toFile())
                .redirectError(Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aClosedInputIsEmpty(@TempDir Path folder) throws Exception {
        assertThat(bytesRead("<&-", folder)).isEqualTo("0");
        assertThat(bytesRead("", folder)).isEqualTo("0");
        assertThat(bytesRead("< /dev/null", folder)).isEqualTo("0");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileOrAPipeIsRead(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("in"), "hello");
        assertThat(bytesRead("< '" + folder.resolve("in") + "'", folder)).isEqualTo("5");
        assertThat(bytesRead("<<E\nhello\nE\n", folder)).isEqualTo("6");
    }

    @Test
    void onlyFilesOfTheSameSizeAreTakenForOne(@TempDir Path folder) throws Exception {
        Path own = Files.writeString(folder.resolve("own"), "12345");
        Path none = folder.resolve("none");
        assertThat(StandardInput.isOneOfTheJvms(5, Stream.of(none, own))).isTrue();
        assertThat(StandardInput.isOneOfTheJvms(4, Stream.of(none, own))).isFalse();
        assertThat(StandardInput.isOneOfTheJvms(0, Stream.of(none, folder))).isFalse();
    }
}
