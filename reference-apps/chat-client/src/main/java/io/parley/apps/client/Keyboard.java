package io.parley.apps.client;

import java.io.IOError;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines at a screen on a thread of its own, so that typing goes on whatever a command waits for. Another thread
 * takes those that are commands for the server.
 */
final class Keyboard implements Lines {
    private static final Typed GOODBYE = new Typed(Input.parse("/quit"), null);

    private final BlockingQueue<Typed> commands = new LinkedBlockingQueue<>();
    private final CompletableFuture<@Nullable Void> abandoned = new CompletableFuture<>();
    private volatile boolean leaving; // set once

    /**
     * Starts the thread.
     *
     * @param line told of each line, on that thread
     * @param interrupted told that somebody has pressed Ctrl-C with nothing typed
     */
    void start(Editor editor, Consumer<Input> line, Runnable interrupted) {
        Thread thread = new Thread(() -> read(editor, line, interrupted), "chat-keyboard");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Editor editor, Consumer<Input> line, Runnable interrupted) {
        boolean warned = false;
        while (!leaving) {
            try {
                String typed = editor.readLine();
                warned = false;
                if (!typed.isBlank()) {
                    line.accept(Input.parse(typed));
                }
            } catch (UserInterruptException interrupt) {
                boolean empty = interrupt.getPartialLine().isEmpty();
                if (empty && warned) {
                    quit(false);
                } else if (empty) {
                    interrupted.run();
                }
                warned = empty;
            } catch (EndOfFileException | IOError gone) {
                quit(false);
            }
        }
    }

    /** Hands a command on. Any thread. */
    void put(Typed typed) {
        commands.add(typed);
    }

    /**
     * Somebody wants to go: after what was typed before, but not if that would take long, or was asked for twice.
     *
     * @param now whether there is nothing to wait for
     */
    void quit(boolean now) {
        if (now || leaving) {
            abandoned.complete(null);
        }
        leaving = true;
        commands.add(GOODBYE);
    }

    @Override
    public Typed next() {
        try {
            return commands.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return GOODBYE;
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> abandoned() {
        return abandoned;
    }
}
