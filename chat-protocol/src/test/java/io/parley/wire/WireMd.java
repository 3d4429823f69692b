package io.parley.wire;

import io.parley.codec.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The specification as its tests read it: its text, and the lines of its fenced blocks. No state, for any thread. */
final class WireMd {
    private static final String FENCE = "```";

    private WireMd() {}

    /** The lines of the file. */
    static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("WIRE.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the one block that opens with these words. */
    static List<String> block(String opening) {
        List<String> all = lines();
        int from = all.indexOf(FENCE + opening);
        if (from < 0 || all.lastIndexOf(FENCE + opening) != from) {
            throw new AssertionError("WIRE.md has not one block " + opening);
        }
        List<String> rest = all.subList(from + 1, all.size());
        return List.copyOf(rest.subList(0, rest.indexOf(FENCE)));
    }

    /** A line of vectors. */
    record Vector(String name, byte[] bytes, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors(String kind) {
        List<Vector> vectors = new ArrayList<>();
        for (String line : block("vectors " + kind)) {
            String[] words = line.split(" ", -1);
            vectors.add(new Vector(words[0], Bytes.fromHex(words[1]).toArray(), words.length > 2 ? words[2] : ""));
        }
        return vectors;
    }
}
