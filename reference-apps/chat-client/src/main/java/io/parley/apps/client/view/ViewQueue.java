package io.parley.apps.client.view;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Queues calls of a view for the callback thread. Any thread may call it. */
public final class ViewQueue {
    private final View view;
    private final Executor callbacks;

    public ViewQueue(View view, Executor callbacks) {
        this.view = view;
        this.callbacks = callbacks;
    }

    public void show(Consumer<View> call) {
        callbacks.execute(() -> call.accept(view));
    }

    /** Waits until the calls so far are done. Not on the callback thread. */
    public void await() {
        CompletableFuture.runAsync(() -> {}, callbacks).join();
    }
}
