package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The examples of a page, each behind a marker with the name of its class. One thread. */
final class PageExamples {
    private static final int MOST_LINES = 40; // of code

    private final Path page;
    private final Path folder;

    /**
     * Examples.
     *
     * @param folder where they are compiled to
     */
    PageExamples(Path page, Path folder) {
        this.page = page;
        this.folder = folder;
    }

    /** An example, compiled; the classes in it can be loaded by its loader. */
    Class<?> compiled(String name) throws IOException, ClassNotFoundException {
        Matcher block = Pattern.compile("<!-- " + name + " -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page));
        assertThat(block.find()).as("a block marked %s", name).isTrue();
        String code = block.group(1);
        assertThat(code.lines().filter(line -> !line.isBlank() && !line.startsWith("import ")))
                .hasSizeLessThan(MOST_LINES);
        Path source = folder.resolve(name + ".java");
        Files.writeString(source, code);
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, complaints, complaints, "-d", folder.toString(), source.toString());
        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> example = loader.loadClass(name);
            for (Class<?> inside : example.getDeclaredClasses()) {
                loader.loadClass(inside.getName());
            }
            return example;
        }
    }
}
