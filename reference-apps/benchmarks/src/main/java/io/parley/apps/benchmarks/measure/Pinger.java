package io.parley.apps.benchmarks.measure;

import io.parley.client.ChatClient;
import io.parley.transport.nio.NioTransport;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A guest who pings a server all the time: how long somebody waits who has nothing to do with what is measured. It has a thread of its
 * own; any thread may take the times.
 */
public final class Pinger implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20; // below the server's rate limit, which would be measured otherwise

    private final ChatClient client;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "pinger");
    private final Times times = new Times();

    public Pinger(SocketAddress address) {
        client = ChatClient.builder().name("pinger").connect(NioTransport.create(), address);
        thread.start();
    }

    private void run() {
        while (!over.get()) {
            times.add(client.ping().join().toNanos());
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    public void warmUp() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        take();
    }

    /** The pings since the last call, in words. */
    public String take() {
        return times.take();
    }

    @Override
    public void close() {
        over.set(true);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
