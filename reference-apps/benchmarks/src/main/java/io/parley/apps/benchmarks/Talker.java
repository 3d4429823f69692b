package io.parley.apps.benchmarks;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One client in the room "load": its acknowledged messages, and the messages it saw. Any thread may call it. */
final class Talker implements ClientListener, RoomListener {
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private final ChatClient client;
    private final ChatRoom room;
    private volatile long lastSeen; // callbacks write
    private final AtomicLong disorder = new AtomicLong();
    private volatile String end = "still here"; // callbacks write
    private volatile long endedAt; // callbacks write
    private long said; // the thread that talks

    Talker(Transport transport, SocketAddress address, String name) {
        client = ChatClient.builder().name(name).reconnect(false).listener(this).connect(transport, address);
        room = client.enterAsync("load", 0, this).join();
    }

    void say() {
        if (!isHere()) {
            return;
        }
        said++;
        room.say("message " + said).whenComplete((receipt, error) -> {
            if (receipt != null) {
                acknowledged.add(receipt.seq());
            } else if (error instanceof ChatException why && why.code() != ChatException.NOT_CONNECTED) {
                refused.incrementAndGet();
            }
        });
    }

    @Override
    public void onMessage(Message message) {
        long before = lastSeen;
        if (before != 0 && message.seq() <= before) {
            disorder.incrementAndGet();
        }
        lastSeen = message.seq();
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        disorder.addAndGet(toSeq - fromSeq + 1);
    }

    @Override
    public void onClosed(ChatException why) {
        end = String.valueOf(why.getMessage());
        endedAt = System.nanoTime();
    }

    ChatClient client() {
        return client;
    }

    boolean isHere() {
        return endedAt == 0;
    }

    CompletableFuture<?> ended() {
        return client.closed();
    }

    String end() {
        return end;
    }

    long endedAt() {
        return endedAt;
    }

    long said() {
        return said;
    }

    long refused() {
        return refused.get();
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }

    long lastSeen() {
        return lastSeen;
    }

    long disorder() {
        return disorder.get();
    }
}
