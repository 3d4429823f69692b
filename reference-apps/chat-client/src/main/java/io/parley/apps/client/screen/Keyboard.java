package io.parley.apps.client.screen;

import io.parley.apps.client.input.Input;
import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.input.Passwords;
import java.io.IOError;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.MaskingCallback;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines at a screen on a thread of its own, so that the user can type while a command waits. Another thread takes
 * the lines that are commands for the server.
 */
public final class Keyboard implements LineSource {
    private static final Typed GOODBYE = Typed.of(Input.parse("/quit"), Passwords.NOT_ASKED);

    private final BlockingQueue<Typed> commands = new LinkedBlockingQueue<>();
    private final CompletableFuture<@Nullable Void> abandoned = new CompletableFuture<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong taken = new AtomicLong(); // how often the next one was asked for
    private final Runnable stop;
    private volatile boolean quitting; // set once

    /**
     * Makes a keyboard.
     *
     * @param stop stops the program as Ctrl-Z does, and returns when it continues
     */
    public Keyboard(Runnable stop) {
        this.stop = stop;
    }

    /**
     * Starts the thread.
     *
     * @param line receives each line and what was asked for it, on that thread
     * @param interrupted runs when Ctrl-C is pressed on an empty line
     */
    void start(Editor editor, BiConsumer<Input, Passwords> line, Runnable interrupted) {
        Thread thread = new Thread(() -> read(editor, line, interrupted), "chat-keyboard");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Editor editor, BiConsumer<Input, Passwords> line, Runnable interrupted) {
        boolean warned = false;
        String begun = "";
        try {
            while (!quitting) {
                try {
                    String typed = editor.readLine(null, null, (MaskingCallback) null, begun);
                    begun = "";
                    warned = false;
                    if (!typed.isBlank()) {
                        Input input = Input.parse(typed.stripTrailing());
                        boolean asks = input.verb().asksPasswords();
                        line.accept(input, asks ? input.verb().passwords(editor::readSecret) : Passwords.NOT_ASKED);
                    }
                } catch (UserInterruptException interrupt) {
                    begun = "";
                    if (editor.takeSuspending()) {
                        begun = interrupt.getPartialLine();
                        editor.leave();
                        stop.run();
                        editor.enter();
                        continue;
                    }
                    boolean empty = interrupt.getPartialLine().isEmpty();
                    if (empty && warned) {
                        return;
                    }
                    if (empty) {
                        interrupted.run();
                    }
                    warned = empty;
                }
            }
        } catch (EndOfFileException | IOError | IllegalStateException gone) {
            // Ctrl-D, or the terminal was hung up or closed.
        } finally {
            if (!quitting) {
                line.accept(GOODBYE.input(), GOODBYE.passwords()); // the user can type no /quit any more
            }
        }
    }

    /** Queues a command; returns its ticket. The callback thread. */
    long queue(Typed typed) {
        long ticket = queued.incrementAndGet();
        commands.add(typed);
        return ticket;
    }

    /** Whether the command with a ticket has been done. */
    boolean isDone(long ticket) {
        return taken.get() > ticket;
    }

    /** Whether the user has quit. */
    boolean isQuitting() {
        return quitting;
    }

    /**
     * Quits after the commands before it, or at once if asked twice.
     *
     * @param now whether to quit at once
     */
    void quit(boolean now) {
        if (now || quitting) {
            abandoned.complete(null);
        }
        quitting = true;
        commands.add(GOODBYE);
    }

    @Override
    public Typed next() {
        taken.incrementAndGet();
        try {
            return commands.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return GOODBYE;
        }
    }

    @Override
    public boolean end() {
        commands.add(GOODBYE);
        return true;
    }

    @Override
    public CompletableFuture<@Nullable Void> abandoned() {
        return abandoned;
    }
}
