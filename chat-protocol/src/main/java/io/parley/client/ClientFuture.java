package io.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A future that the client completes inside a callback. To wait for it inside a callback would be to wait for ever: there,
 * {@code get} and {@code join} throw. So do those of futures that are derived from it. Any thread.
 */
final class ClientFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    private final BooleanSupplier isCallback;

    /**
     * Makes a future.
     *
     * @param isCallback whether the calling thread is inside a callback
     */
    ClientFuture(BooleanSupplier isCallback) {
        this.isCallback = isCallback;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new ClientFuture<>(isCallback);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        check();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        check();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        check();
        return super.join();
    }

    private void check() {
        if (!isDone() && isCallback.getAsBoolean()) {
            throw new IllegalStateException(
                    "this would wait for itself: a callback cannot wait for a future of its own client");
        }
    }
}
