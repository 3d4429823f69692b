package io.parley.apps.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where lines come from. One thread asks. */
interface Lines {
    /**
     * A line, and where it was typed.
     *
     * @param place where it goes if it is no command, or null: to the current room
     */
    record Typed(Input input, @Nullable Place place) {}

    /** The next line; null at the end. Waits for it. */
    @Nullable
    Typed next() throws IOException;

    /** Completes when whoever types does not want to wait for anything any more. */
    default CompletableFuture<@Nullable Void> abandoned() {
        return new CompletableFuture<>();
    }

    /** The lines of a stream, in UTF-8. */
    static Lines of(InputStream in) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return () -> {
            String line = reader.readLine();
            return line == null ? null : new Typed(Input.parse(line), null);
        };
    }
}
