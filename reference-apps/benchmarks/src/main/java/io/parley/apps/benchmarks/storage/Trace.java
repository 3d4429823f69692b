package io.parley.apps.benchmarks.storage;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system calls of a process in their order, as {@code strace -f -yy -xx} wrote them. A call that another thread's call interrupted
 * in the listing has a beginning and an end; of any other, both come together. One thread.
 */
final class Trace {
    private static final Pattern LINE = Pattern.compile("^(\\d+) +(.*)$");
    private static final Pattern RESUMED = Pattern.compile("^<\\.\\.\\. \\w+ resumed>(.*)$");
    private static final Pattern RESULT = Pattern.compile("^.*\\) += (-?\\d+).*$");
    private static final Pattern FILE = Pattern.compile("^\\w+\\(\\d+<([^>]*(?:->)?[^>]*)>.*$");
    private static final Pattern LAST_NUMBER = Pattern.compile("^.*, (-?\\d+)$");
    private static final String UNFINISHED = " <unfinished ...>";

    /** Who is told of the calls. */
    interface Listener {
        /** A call begins; what it writes is known. */
        void begins(Call call);

        /** It ends, and has succeeded. */
        void ends(Call call);
    }

    /**
     * A call.
     *
     * @param name such as {@code pwrite64}
     * @param file the file, or what a socket connects
     * @param data what is written
     * @param number its last argument, if that is a number; else 0
     */
    record Call(String name, String file, byte[] data, long number) {}

    private final Map<String, Call> unfinished = new HashMap<>(); // by thread
    private final Listener listener;

    private Trace(Listener listener) {
        this.listener = listener;
    }

    /** Reads a listing. */
    static void read(Path listing, Listener listener) throws IOException {
        Trace trace = new Trace(listener);
        try (BufferedReader lines = Files.newBufferedReader(listing, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                trace.line(line);
            }
        }
    }

    private void line(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a line of strace: " + line);
        }
        String thread = parts.group(1);
        String rest = parts.group(2);
        Matcher resumed = RESUMED.matcher(rest);
        if (resumed.matches()) {
            Call call = unfinished.remove(thread);
            if (call != null && result(rest) >= 0) {
                listener.ends(call);
            }
        } else if (rest.endsWith(UNFINISHED)) {
            Call call = call(rest.substring(0, rest.length() - UNFINISHED.length()));
            unfinished.put(thread, call);
            listener.begins(call);
        } else if (rest.indexOf('(') > 0 && rest.contains(") ")) {
            long result = result(rest);
            Call call = call(rest.substring(0, rest.lastIndexOf(") ")));
            listener.begins(call);
            if (result >= 0) {
                listener.ends(call);
            }
        } // else a signal, or the end of a thread
    }

    private static long result(String text) {
        Matcher result = RESULT.matcher(text.length() < 200 ? text : ")" + text.substring(text.lastIndexOf(") ") + 1));
        return result.matches() ? Long.parseLong(result.group(1)) : -1;
    }

    private static Call call(String text) {
        int head = Math.min(text.length(), 1_000);
        Matcher file = FILE.matcher(text.substring(0, head));
        String tail = text.substring(Math.max(0, text.length() - 60));
        Matcher number = LAST_NUMBER.matcher(tail);
        return new Call(
                text.substring(0, text.indexOf('(')),
                file.matches() ? new String(unescaped(file.group(1)), StandardCharsets.UTF_8) : "",
                data(text),
                number.matches() ? Long.parseLong(number.group(1)) : 0);
    }

    private static byte[] data(String text) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int from = text.indexOf('"'); from >= 0; ) {
            int to = text.indexOf('"', from + 1);
            data.writeBytes(unescaped(text.substring(from + 1, to)));
            if (text.startsWith("...", to + 1)) {
                throw new IllegalArgumentException("strace left bytes out");
            }
            from = text.indexOf('"', to + 1);
        }
        return data.toByteArray();
    }

    /** Bytes that are written as {@code \x2f}, where they are; any other text as it is. */
    private static byte[] unescaped(String text) {
        if (!text.startsWith("\\x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[text.length() / 4];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(4 * i + 2), 16);
            bytes[i] = (byte) (16 * high + Character.digit(text.charAt(4 * i + 3), 16));
        }
        return bytes;
    }
}
