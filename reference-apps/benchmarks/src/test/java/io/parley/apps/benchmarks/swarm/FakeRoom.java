package io.parley.apps.benchmarks.swarm;

import io.parley.apps.benchmarks.Frames;
import io.parley.model.UserItem;
import io.parley.wire.ClientFrame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Message;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server of one room that delivers as a test wants it. A thread for each member; the room's lock is held to write. */
public final class FakeRoom implements AutoCloseable {
    public static final int NUMBER = 7;

    /** What members get for what is said. */
    public interface Delivery {
        /** What a member gets now that the last one of all messages was said; they are numbered from 1. */
        List<? extends ServerFrame> to(String member, List<Message> all);
    }

    private final Delivery delivery;
    private final ServerSocketChannel listening = ServerSocketChannel.open();
    private final List<Client> clients = new ArrayList<>(); // guarded by this
    private final List<Message> all = new ArrayList<>(); // guarded by this
    private long lastNanoTime; // guarded by this

    public FakeRoom(Delivery delivery) throws IOException {
        this.delivery = delivery;
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        new Thread(this::accept, "fake-accept").start();
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    /** All that was said, when it is so many at least. */
    synchronized List<Message> said(long count) throws InterruptedException {
        while (all.size() < count) {
            wait();
        }
        return List.copyOf(all);
    }

    /** When the last message came. */
    synchronized long lastNanoTime() {
        return lastNanoTime;
    }

    /** Sends the same to everybody. */
    public synchronized void send(ServerFrame frame) throws IOException {
        for (Client client : clients) {
            client.send(List.of(frame));
        }
    }

    private synchronized void say(Client from, Say say) throws IOException {
        lastNanoTime = System.nanoTime();
        UserItem author = Frames.guest(from.origin, from.name);
        all.add(new Message(NUMBER, all.size() + 1, 0, from.origin, say.cid(), author, say.body(), say.tags()));
        notifyAll();
        for (Client client : clients) {
            client.send(delivery.to(client.name, all));
        }
    }

    private synchronized void come(SocketChannel channel) {
        Client client = new Client(channel, clients.size() + 1);
        clients.add(client);
        new Thread(client, "fake-client").start();
    }

    private void accept() {
        try {
            while (true) {
                come(listening.accept());
            }
        } catch (IOException closed) {
            // nobody else will come
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        synchronized (this) {
            for (Client client : clients) {
                client.channel.close();
            }
        }
    }

    private final class Client implements Runnable {
        private final SocketChannel channel;
        private final long origin;
        private final FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(Wire.DEFAULT_MAX_FRAME);
        private volatile String name = ""; // its thread writes, before anything is said

        Client(SocketChannel channel, long origin) {
            this.channel = channel;
            this.origin = origin;
        }

        @Override
        public void run() {
            try (channel) {
                ByteBuffer in = ByteBuffer.allocate(64 << 10);
                while (channel.read(in) >= 0) {
                    in.flip();
                    for (ClientFrame frame = decoder.next(in); frame != null; frame = decoder.next(in)) {
                        take(frame);
                    }
                    in.compact();
                }
            } catch (IOException gone) {
                // as good as left
            }
        }

        private void take(ClientFrame frame) throws IOException {
            if (frame instanceof Hello hello) {
                name = new String(hello.initial().toArray(), StandardCharsets.UTF_8);
                send(List.of(Frames.welcome(origin, name)));
            } else if (frame instanceof Join join) {
                send(List.of(Frames.joined(join.id(), NUMBER)));
            } else if (frame instanceof Say say) {
                say(this, say);
            }
        }

        void send(List<? extends ServerFrame> frames) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            frames.forEach(frame -> bytes.writeBytes(frame.toBytes()));
            ByteBuffer out = ByteBuffer.wrap(bytes.toByteArray());
            synchronized (channel) {
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
        }
    }
}
