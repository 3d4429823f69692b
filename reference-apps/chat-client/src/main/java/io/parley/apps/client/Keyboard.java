package io.parley.apps.client;

import java.io.IOError;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.MaskingCallback;
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
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong asked = new AtomicLong(); // how often the next was asked for
    private final Runnable stop;
    private volatile boolean leaving; // set once

    /**
     * Makes one.
     *
     * @param stop has the program stopped, and returns when it goes on
     */
    Keyboard(Runnable stop) {
        this.stop = stop;
    }

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
        String begun = "";
        try {
            while (!leaving) {
                try {
                    String typed = editor.readLine(null, null, (MaskingCallback) null, begun);
                    begun = "";
                    warned = false;
                    if (!typed.isBlank()) {
                        line.accept(Input.parse(typed.stripTrailing()));
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
            // Somebody says goodbye, or hangs up, or the terminal is closed.
        } finally {
            if (!leaving) {
                line.accept(GOODBYE.input()); // whatever the reason: without a reader nobody could say it any more
            }
        }
    }

    /** Hands a command on; its ticket. The callbacks' thread. */
    long put(Typed typed) {
        long ticket = put.incrementAndGet();
        commands.add(typed);
        return ticket;
    }

    /** Whether the command with a ticket has been done. */
    boolean isDone(long ticket) {
        return asked.get() > ticket;
    }

    /** Whether somebody has said goodbye. */
    boolean isLeaving() {
        return leaving;
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
        asked.incrementAndGet();
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
