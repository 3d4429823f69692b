package io.parley.apps.benchmarks.peers;

import io.parley.wire.Join;
import io.parley.wire.ProtocolException;
import io.parley.wire.Wire;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The chat server of the tutorials: a thread for each client, a list of clients for each room, and a loop of blocking
 * writes for each message. A member that does not read stops its room.
 *
 * <p>One thing is better than in the tutorials: TCP_NODELAY is set, for else Nagle's timer would be what is measured.
 */
final class TutorialPeer implements Peer {
    private final ServerSocket listening;
    private final Rooms<Room> rooms = new Rooms<>(Room::new);
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Thread accepting = new Thread(this::accept, "tutorial-accept");

    private TutorialPeer() throws IOException {
        listening = new ServerSocket(0, ACCEPT_BACKLOG, InetAddress.getLoopbackAddress());
    }

    static Peer start() throws IOException {
        TutorialPeer peer = new TutorialPeer();
        peer.accepting.start();
        return peer;
    }

    @Override
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Client client = new Client(listening.accept());
                clients.add(client);
                client.thread.start();
            }
        } catch (IOException closed) {
            // nobody else will come
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            accepting.join();
            for (Client client : clients) {
                client.socket.close();
                client.thread.join();
            }
        } catch (IOException | InterruptedException no) {
            throw new IllegalStateException("not closed", no);
        }
    }

    /** A room and who is in it; its lock is held while it writes, which keeps the order. */
    private static final class Room {
        private final int number;
        private final List<Client> members = new ArrayList<>(); // guarded by this
        private long seq; // guarded by this

        Room(int number) {
            this.number = number;
        }

        synchronized void join(Client client, Join join) {
            if (!members.contains(client)) {
                members.add(client);
            }
            client.reply(Replies.joined(join, number, seq, members.size()));
        }

        synchronized void leave(Client client) {
            members.remove(client);
        }

        synchronized void say(Sender sender, long cid, ByteBuffer text) {
            ByteBuffer frame = ByteBuffer.allocate(MessageFrame.maxBytes(sender, text.remaining()));
            MessageFrame.encode(frame, number, ++seq, System.currentTimeMillis(), sender, cid, text);
            for (Client member : members) {
                member.send(frame.array(), frame.position());
            }
        }
    }

    /** A connection and its thread. */
    private final class Client implements Inbound.Client, Runnable {
        private final Socket socket;
        private final OutputStream out;
        private final Thread thread = new Thread(this, "tutorial-client");
        private final Inbound inbound = new Inbound(this);
        private final List<Room> joined = new ArrayList<>(); // its thread only

        Client(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
        }

        @Override
        public void run() {
            try (socket) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                inbound.take(ByteBuffer.wrap(in.readNBytes(Wire.PREFACE.length())));
                while (true) {
                    inbound.take(readFrame(in));
                }
            } catch (IOException | ProtocolException gone) {
                // as good as left
            } finally {
                joined.forEach(room -> room.leave(this));
                clients.remove(this);
            }
        }

        private ByteBuffer readFrame(DataInputStream in) throws IOException {
            int header = in.readInt();
            int length = header & Wire.MAX_PAYLOAD_BYTES;
            if (length > Wire.DEFAULT_MAX_FRAME) {
                throw new EOFException("a frame of " + length + " bytes");
            }
            ByteBuffer frame = ByteBuffer.allocate(Wire.HEADER_BYTES + length).putInt(header);
            in.readFully(frame.array(), Wire.HEADER_BYTES, length);
            return frame.rewind();
        }

        @Override
        public void join(Join join) {
            Room room = rooms.named(join.room());
            room.join(this, join);
            joined.add(room);
        }

        @Override
        public void say(Sender sender, int number, long cid, ByteBuffer text) {
            Room room = rooms.numbered(number);
            if (room != null) {
                room.say(sender, cid, text);
            }
        }

        @Override
        public void reply(byte[] frame) {
            send(frame, frame.length);
        }

        /** Members of several rooms are written to by several threads. */
        synchronized void send(byte[] bytes, int length) {
            try {
                out.write(bytes, 0, length);
            } catch (IOException gone) {
                // its own thread sees it too
            }
        }
    }
}
