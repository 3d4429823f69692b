package io.parley.apps.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads what the operator types, in UTF-8, on a thread of its own. The end of the input ends nothing but that thread,
 * and it keeps no process alive.
 */
final class Console {
    private Console() {}

    static void read(InputStream in, Consumer<String> line) {
        Thread thread = new Thread(() -> readAll(in, line), "parley-console");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readAll(InputStream in, Consumer<String> heard) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    heard.accept(line);
                }
            }
        } catch (IOException closed) {
            // A service may have no input at all: then there is nobody to listen to.
        }
    }
}
