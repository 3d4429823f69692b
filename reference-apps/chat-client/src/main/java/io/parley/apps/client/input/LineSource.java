package io.parley.apps.client.input;

import io.parley.apps.client.view.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The lines that the user types. One thread. */
public interface LineSource {
    /**
     * A line, and the window in which it was typed.
     *
     * @param place the room or conversation of the window; null for the current room
     */
    record Typed(Input input, @Nullable Place place) {}

    /** Waits for the next line; null at the end. */
    @Nullable
    Typed next() throws IOException;

    /** Completes when the user wants to quit at once. */
    default CompletableFuture<@Nullable Void> abandoned() {
        return new CompletableFuture<>();
    }

    /** The lines of a stream, in UTF-8. */
    static LineSource of(InputStream in) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return () -> {
            String line = reader.readLine();
            return line == null ? null : new Typed(Input.parse(line), null);
        };
    }
}
