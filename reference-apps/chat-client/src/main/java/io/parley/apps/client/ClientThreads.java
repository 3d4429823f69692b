package io.parley.apps.client;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the threads of {@link ClientApp}. Any thread may call it. */
final class ClientThreads {
    private ClientThreads() {}

    /** A thread for callbacks, which exists only while it is needed. */
    static Executor callbacks() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> daemon("chat-callbacks", task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
