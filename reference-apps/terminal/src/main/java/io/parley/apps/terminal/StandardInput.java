package io.parley.apps.terminal;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The standard input, if the program was given one. Any thread may call it.
 *
 * <p>A program that is started with its input closed has no empty input: the system gives descriptor 0 to the first
 * file that the JVM opens for itself, and {@link System#in} reads that file. Where descriptor 0 is as large as one of
 * those files, it is taken for it.
 */
public final class StandardInput {
    private StandardInput() {}

    /** The input, or an empty one if the program was given none. */
    public static InputStream get() {
        return isOneOfTheJvms(sizeOfDescriptor(), ownFiles()) ? InputStream.nullInputStream() : System.in;
    }

    /** Its size if it is a file; 0 for a terminal, a pipe, or nothing at all. */
    @SuppressWarnings("resource") // closing the channel would close the input
    private static long sizeOfDescriptor() {
        try {
            return new FileInputStream(FileDescriptor.in).getChannel().size();
        } catch (IOException none) {
            return 0;
        }
    }

    private static Stream<Path> ownFiles() {
        Path lib = Path.of(System.getProperty("java.home", ""), "lib");
        String[] classPath = System.getProperty("java.class.path", "").split(File.pathSeparator);
        return Stream.concat(
                Stream.of(lib.resolve("modules")), Stream.of(classPath).map(Path::of));
    }

    static boolean isOneOfTheJvms(long size, Stream<Path> files) {
        return size > 0
                && files.anyMatch(file -> {
                    try {
                        return Files.isRegularFile(file) && Files.size(file) == size;
                    } catch (IOException gone) {
                        return false;
                    }
                });
    }
}
