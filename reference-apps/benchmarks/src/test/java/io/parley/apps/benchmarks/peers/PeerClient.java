package io.parley.apps.benchmarks.peers;

import io.parley.codec.Bytes;
import io.parley.wire.Frame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of tests, with blocking reads and writes. One thread at a time. */
final class PeerClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES);
    private final String name;
    private long origin;
    private long requests;

    /** Connects and says nothing. */
    PeerClient(Peer peer, String name) throws IOException {
        this.name = name;
        socket = new Socket(InetAddress.getLoopbackAddress(), peer.port());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static PeerClient loggedIn(Peer peer, String name) throws IOException {
        PeerClient client = new PeerClient(peer, name);
        client.write(Wire.PREFACE.toArray());
        client.send(client.hello());
        client.welcomed();
        return client;
    }

    Hello hello() {
        Bytes wanted = Bytes.of(name.getBytes(StandardCharsets.UTF_8));
        return new Hello(1, 1, 0, "test", Wire.GUEST, wanted, Bytes.EMPTY);
    }

    Welcome welcomed() throws IOException {
        Welcome welcome = (Welcome) next();
        origin = welcome.origin();
        return welcome;
    }

    /** Joins and waits for the answer; gives the room's number. */
    Joined join(String room) throws IOException {
        send(new Join(++requests, room, null, 0, ""));
        return (Joined) next();
    }

    String name() {
        return name;
    }

    long origin() {
        return origin;
    }

    void send(Frame frame) throws IOException {
        write(frame.toBytes());
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] nextBytes() throws IOException {
        int header = in.readInt();
        byte[] frame = new byte[Wire.HEADER_BYTES + (header & Wire.MAX_PAYLOAD_BYTES)];
        ByteBuffer.wrap(frame).putInt(header);
        in.readFully(frame, Wire.HEADER_BYTES, frame.length - Wire.HEADER_BYTES);
        return frame;
    }

    ServerFrame next() throws IOException {
        return decode(nextBytes());
    }

    Message nextMessage() throws IOException {
        return (Message) next();
    }

    ServerFrame decode(byte[] frame) {
        return decoder.next(ByteBuffer.wrap(frame));
    }

    /** Whether the server has ended the connection; waits for it or for a byte. */
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
