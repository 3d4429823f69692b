package io.parley.apps.benchmarks.peers;

import io.parley.model.ErrorCode;
import io.parley.wire.ClientFrame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.ProtocolException;
import io.parley.wire.Wire;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in what one client sends, and answers those that are not about rooms. One thread at a time.
 *
 * <p>A SAY is read in place; the others, which are few, are decoded as Parley does it.
 */
final class Inbound {
    /** The most bytes of a frame with its header. */
    static final int MAX_FRAME_BYTES = Wire.HEADER_BYTES + Wire.DEFAULT_MAX_FRAME;

    private static final int SAY = 0x20;

    /** Told of what a client sends, on the thread that calls {@link #take}. */
    interface Client {
        /** Sends an encoded frame. */
        void reply(byte[] frame);

        void join(Join join);

        /** Gives a text to a room; {@code text} is body and tags, valid during the call only. */
        void say(Sender sender, int room, long cid, ByteBuffer text);
    }

    private final Client client;
    private final FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(Wire.DEFAULT_MAX_FRAME);
    private boolean prefaced;
    private @Nullable Sender sender; // null before HELLO

    Inbound(Client client) {
        this.client = client;
    }

    /**
     * Takes all whole frames; what is left in the buffer is the beginning of one.
     *
     * @throws ProtocolException when the client is wrong
     */
    void take(ByteBuffer in) {
        if (!prefaced && !takePreface(in)) {
            return;
        }
        try {
            takeFrames(in);
        } catch (BufferUnderflowException tooShort) {
            throw new ProtocolException(ErrorCode.MALFORMED, "a payload that ends too early");
        }
    }

    private void takeFrames(ByteBuffer in) {
        int end = in.limit();
        int at = in.position();
        while (end - at >= Wire.HEADER_BYTES) {
            int header = in.getInt(at);
            int length = Wire.HEADER_BYTES + (header & Wire.MAX_PAYLOAD_BYTES);
            if (length > MAX_FRAME_BYTES) {
                throw new ProtocolException(ErrorCode.FRAME_TOO_LARGE, "a frame of " + length + " bytes");
            }
            if (end - at < length) {
                break;
            }
            in.limit(at + length);
            if (header >>> 24 == SAY) {
                in.position(at + Wire.HEADER_BYTES);
                int room = (int) MessageFrame.varint(in);
                long cid = MessageFrame.varint(in);
                client.say(loggedIn(), room, cid, in);
            } else {
                takeOther(in);
            }
            at += length;
            in.limit(end).position(at);
        }
    }

    private boolean takePreface(ByteBuffer in) {
        int bytes = Wire.PREFACE.length();
        if (in.remaining() < bytes) {
            return false;
        }
        prefaced = true;
        takeOther(in.slice(in.position(), bytes));
        in.position(in.position() + bytes);
        return true;
    }

    private void takeOther(ByteBuffer in) {
        ClientFrame frame = decoder.next(in);
        if (frame instanceof Hello hello) {
            sender = Sender.of(hello);
            client.reply(Replies.welcome(sender));
        } else if (frame instanceof Join join) {
            loggedIn();
            client.join(join);
        } else if (frame instanceof Ping ping) {
            client.reply(new Pong(ping.nonce()).toBytes());
        }
    }

    private Sender loggedIn() {
        if (sender == null) {
            throw new ProtocolException(ErrorCode.UNEXPECTED_FRAME, "not logged in");
        }
        return sender;
    }
}
