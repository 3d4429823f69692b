package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is a promise: its example compiles and does what it says. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void theExampleRuns(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("Example.java");
        Files.writeString(source, block("example"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int status = compiler.run(null, complaints, complaints, "-d", folder.toString(), source.toString());
        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();

        assertThat(run(folder)).contains("alice: hello").containsPattern("said, as number \\d+");
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
