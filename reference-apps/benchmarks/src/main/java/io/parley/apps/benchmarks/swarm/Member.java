package io.parley.apps.benchmarks.swarm;

import io.parley.wire.Failed;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Pong;
import io.parley.wire.Refused;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a swarm: speaks the native protocol, and reads only the number of each MESSAGE and whose it is, so
 * that the generator costs less than the server it measures. One thread.
 */
final class Member {
    private static final int MESSAGE = 0x60;
    private static final int PING = 0x06;
    private static final int OK = 0x40;
    private static final int FAILED = 0x41;
    private static final int GAP = 0x59;
    private static final byte[] PONG = new Pong(0).toBytes();
    private static final byte[] NOTHING = {};

    private final MemberContext context;
    private final Link link;
    private final String[] roomNames;
    private @Nullable FrameDecoder<ServerFrame> decoder; // until every room is joined
    private ByteBuffer out = ByteBuffer.wrap(NOTHING); // between calls the bytes up to its position are queued
    private byte[] part = NOTHING; // the start of a frame
    private long origin;
    private int joined;
    private final int[] rooms; // the numbers of the rooms
    private long[]
            seqs; // the highest one seen of a room: at 0 if it is the only one, else at its number; -1 before that
    private long cid;
    private long requests; // after the joins
    private long marked = System.nanoTime(); // when it last said what it has read
    private long deliveries;
    private long own;
    private long disorder;
    private long skipped;
    private int at; // the position in the current frame

    /** A member on an open connection; its login and first join are queued. */
    Member(MemberContext context, Link link, Hello hello, String[] roomNames) throws IOException {
        this.context = context;
        this.link = link;
        this.roomNames = roomNames;
        decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
        rooms = new int[roomNames.length];
        seqs = new long[] {-1};
        queue(Wire.PREFACE.toArray());
        queue(hello.toBytes());
        join();
    }

    /** Joins the next room; one after another, because the server limits the number of open requests. */
    private void join() {
        queue(new Join(joined + 1, roomNames[joined], null, 0, "").toBytes());
    }

    private ByteBuffer out(int bytes) {
        if (out.remaining() < bytes) {
            out = ByteBuffer.allocate(Math.max(256, 2 * (out.position() + bytes)))
                    .put(out.flip());
        }
        return out;
    }

    private void queue(byte[] bytes) {
        out(bytes.length).put(bytes);
    }

    boolean isIn() {
        return decoder == null;
    }

    int roomCount() {
        return rooms.length;
    }

    /** The highest number seen in the first room. */
    long seq() {
        return seqs[rooms.length == 1 ? 0 : rooms[0]];
    }

    long deliveries() {
        return deliveries;
    }

    /** How many of its own messages have come back. */
    long own() {
        return own;
    }

    /** Deliveries that came out of order or twice. */
    long disorder() {
        return disorder;
    }

    /** Messages that the server reported as a gap. */
    long skipped() {
        return skipped;
    }

    /** Queues a message whose text begins with a time. */
    void say(int room, long nanoTime) {
        context.speech().encode(out(160), rooms[room], ++cid, nanoTime);
    }

    /** Writes the queued bytes; false if some are left. */
    boolean flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            link.write(out);
            out.compact();
        }
        return out.position() == 0;
    }

    /** Reads; counts messages and records their latencies. */
    void read() throws IOException {
        ByteBuffer in = context.readBuffer();
        boolean more = true;
        while (more) {
            in.clear();
            in.put(part);
            int count = link.read(in);
            if (count < 0) {
                throw new IOException("the server ended the connection and said no reason");
            }
            if (count == 0) {
                return;
            }
            context.countRead();
            more = !in.hasRemaining() || link.holdsInput();
            in.flip();
            frames(in);
            part = in.hasRemaining() ? rest(in) : NOTHING;
        }
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    private void frames(ByteBuffer in) throws IOException {
        FrameDecoder<ServerFrame> coming = decoder;
        while (coming != null) {
            ServerFrame frame = coming.next(in);
            if (frame == null) {
                return;
            }
            enter(frame);
            coming = decoder;
        }
        long now = context.isTiming() || context.isMarking() ? System.nanoTime() : 0;
        while (in.remaining() >= Wire.HEADER_BYTES) {
            int header = in.getInt(in.position());
            int length = Wire.HEADER_BYTES + (header & 0xFFFFFF);
            if (in.remaining() < length) {
                break;
            }
            int end = in.position() + length;
            if (header >>> 24 == MESSAGE) {
                message(in, in.position() + Wire.HEADER_BYTES, end, now);
            } else if (header >>> 24 == GAP) {
                gap(in, in.position() + Wire.HEADER_BYTES);
            } else if (header >>> 24 == PING) {
                queue(PONG);
                context.countPing();
                flush();
            } else if (header >>> 24 == OK) {
                context.countAnswer();
            } else if (header >>> 24 == FAILED) {
                failed(in.slice(in.position(), length));
            }
            in.position(end);
        }
    }

    private void enter(ServerFrame frame) throws IOException {
        if (frame instanceof Welcome welcome) {
            origin = welcome.origin();
        } else if (frame instanceof Joined here) {
            int room = here.snapshot().room();
            rooms[joined++] = room;
            if (rooms.length > 1 && seqs.length <= room) {
                int before = seqs.length;
                seqs = Arrays.copyOf(seqs, Math.max(room + 1, 2 * before));
                Arrays.fill(seqs, before, seqs.length, -1);
            }
            if (joined == rooms.length) {
                decoder = null;
                requests = joined;
                context.countIn();
            } else {
                join();
                flush();
            }
        } else if (frame instanceof Refused || frame instanceof Failed) {
            throw new IOException("the server says " + frame);
        }
    }

    /** A request failed, or with the number 0 the connection: then the reason is worth more than that it ends. */
    private static void failed(ByteBuffer frame) throws IOException {
        ServerFrame why = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME).next(frame);
        throw new IOException("the server says " + why);
    }

    private void message(ByteBuffer in, int from, int to, long now) {
        at = from;
        int room = (int) varint(in);
        long number = varint(in);
        int slot = rooms.length == 1 ? 0 : room;
        if (number <= seqs[slot]) {
            disorder++;
        } else {
            seqs[slot] = number; // a number that was left out counts as missing
        }
        deliveries++;
        if (context.marks(now - marked)) {
            marked = now;
            Speech.encodeRead(out(32), ++requests, room, number);
            context.countMark();
        }
        varint(in); // the time
        if (in.getLong(at) == origin) {
            own++;
        }
        int text = to - 1 - context.speech().bodyBytes(); // from the end: no tags (one byte), then the text
        if (context.times() && text > at + 8) { // not a short message of another program
            context.time(now - Speech.timeAt(in, text));
        }
    }

    /** The server reports a gap; a client would fetch the messages now. */
    private void gap(ByteBuffer in, int from) {
        at = from;
        long first = varint(in);
        long last = varint(in);
        varint(in); // the snapshot's length
        int room = (int) varint(in); // the snapshot begins with it
        int slot = rooms.length == 1 ? 0 : room;
        if (first <= seqs[slot]) {
            disorder++;
        }
        skipped += last - first + 1;
        seqs[slot] = Math.max(seqs[slot], last);
    }

    private long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get(at++);
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
