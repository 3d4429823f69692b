package io.parley.apps.client.input;

import io.parley.apps.client.view.Place;
import io.parley.client.ChatRoom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lines that the user types. One thread. */
public interface LineSource {
    /**
     * A line, and the window in which it was typed.
     *
     * @param place the room or conversation of the window; null for the current room
     * @param room what was open there; null if nothing was, or that is not known
     * @param passwords what was asked for the command
     */
    record Typed(
            Input input, @Nullable Place place, @Nullable ChatRoom room, Passwords passwords) {

        /** A line without a window. */
        public static Typed of(Input input, Passwords passwords) {
            return new Typed(input, null, null, passwords);
        }
    }

    /** Waits for the next line; null at the end. */
    @Nullable
    Typed next() throws IOException;

    private static Typed typed(Input input, @Nullable Function<String, @Nullable String> question) {
        return Typed.of(
                input,
                question != null && input.verb().asksPasswords()
                        ? input.verb().passwords(question)
                        : Passwords.NOT_ASKED);
    }

    /** Completes when the user wants to quit at once. */
    default CompletableFuture<@Nullable Void> abandoned() {
        return new CompletableFuture<>();
    }

    /** The client has ended; returns whether {@link #next} then soon gives null or the last line. Any thread. */
    default boolean end() {
        return false;
    }

    /**
     * The lines of a stream, in UTF-8.
     *
     * @param question asks for a password that is not shown; null if there is nobody to ask
     */
    static LineSource of(InputStream in, @Nullable Function<String, @Nullable String> question) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return () -> {
            String line = reader.readLine();
            return line == null ? null : typed(Input.parse(line), question);
        };
    }
}
