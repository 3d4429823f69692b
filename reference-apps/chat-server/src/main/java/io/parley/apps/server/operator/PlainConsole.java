package io.parley.apps.server.operator;

import io.parley.apps.server.terminal.Printer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads lines in UTF-8. The end of the input does not end the server. */
final class PlainConsole implements OperatorConsole {
    private final InputStream in;

    PlainConsole(InputStream in) {
        this.in = in;
    }

    @Override
    public void open(Operator operator, Printer printer, Consumer<String> answers) {
        Thread thread = new Thread(() -> read(operator, answers), "parley-console");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Operator operator, Consumer<String> answers) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    operator.run(line, answers);
                }
            }
        } catch (IOException closed) {
            // A service may have no input at all.
        }
    }

    @Override
    public void close() {
        // A read of a pipe cannot be interrupted; the thread is a daemon.
    }
}
