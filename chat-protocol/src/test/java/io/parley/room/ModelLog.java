package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.Chunk;
import io.parley.model.RoomException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

/** What a log has to be: all text ever written, where entries end, and which chunks are still held. */
final class ModelLog {
    private record Piece(long base, int capacity) {}

    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Long, Long> seqByEnd = new TreeMap<>();
    private final Deque<Piece> chunks = new ArrayDeque<>();
    private long startSeq;

    ModelLog(long head) {
        startSeq = head;
        seqByEnd.put(0L, head);
    }

    void append(String line, long seq) {
        int length = line.length() + 1;
        Piece tail = chunks.peekLast();
        if (tail == null || end() + length - tail.base() > tail.capacity()) {
            int size = tail == null ? 1 << 10 : Math.min(1 << 16, 4 * tail.capacity());
            while (size < length) {
                size *= 2;
            }
            chunks.add(new Piece(end(), size));
        }
        text.append(line).append('\n');
        seqByEnd.put(end(), seq);
    }

    boolean evict() {
        if (chunks.poll() == null) {
            return false;
        }
        startSeq = seqByEnd.get(start());
        return true;
    }

    long end() {
        return text.length();
    }

    long start() {
        return chunks.isEmpty() ? end() : chunks.peek().base();
    }

    /** One reader of the log, in step with a cursor. */
    static final class Reader {
        final ModelLog log;
        private final Subscription cursor;
        private long position;
        private long lastSeq;
        private boolean running;
        private long endPosition = Long.MAX_VALUE;
        private long endSeq;
        private RoomException.Reason cause;

        Reader(ModelLog log, Subscription cursor) {
            this.log = log;
            this.cursor = cursor;
            this.position = log.end();
            this.lastSeq = log.seqByEnd.lastEntry().getValue();
        }

        Subscription subscription() {
            return cursor;
        }

        void end(long seq, RoomException.Reason why) {
            endPosition = log.end();
            endSeq = seq;
            cause = why;
        }

        boolean isOver() {
            return endPosition != Long.MAX_VALUE;
        }

        /** Does one step of reading, and holds the cursor to it; false if there was nothing to be done. */
        boolean step(int maxBytes, int bytes) {
            long limit = Math.min(endPosition, log.end());
            boolean lost = !running && position < limit && position < log.start();
            boolean more = running || (position < limit && !lost);
            Chunk run = cursor.prepare(maxBytes);
            assertThat(run != null).isEqualTo(more);
            assertThat(cursor.isLost()).isEqualTo(lost);
            assertThat(cursor.isEnded()).isEqualTo(position >= endPosition && !running);
            if (lost) {
                skip();
            } else if (run != null) {
                read(run, limit, maxBytes, bytes);
            } else if (isOver()) {
                assertThat(cursor.endCause() == null ? null : cursor.endCause().reason())
                        .isEqualTo(cause);
            }
            assertThat(cursor.lastSeq()).isEqualTo(lastSeq);
            return lost || more;
        }

        private void skip() {
            long from = lastSeq + 1;
            boolean behindTheEnd = endPosition <= log.start();
            position = behindTheEnd ? endPosition : log.start();
            lastSeq = behindTheEnd ? endSeq : log.startSeq;
            Subscription.Gap gap = cursor.skip();
            assertThat(gap.from()).isEqualTo(from);
            assertThat(gap.to()).isEqualTo(lastSeq);
        }

        private void read(Chunk run, long limit, int maxBytes, int bytes) {
            int length = cursor.remaining();
            if (!running) {
                assertThat(log.seqByEnd).containsKey(position + length);
                assertThat(position + length).isLessThanOrEqualTo(limit);
                assertThat(length <= maxBytes || log.seqByEnd.higherKey(position) == position + length)
                        .isTrue();
            }
            int taken = Math.min(bytes, length);
            String read = new String(run.array(), cursor.offset(), taken, StandardCharsets.US_ASCII);
            assertThat(read).isEqualTo(log.text.substring((int) position, (int) position + taken));
            cursor.advance(run, taken);
            position += taken;
            running = taken < length;
            if (!running) {
                lastSeq = log.seqByEnd.get(position);
            }
        }

        void drain() {
            while (step(1 << 15, Integer.MAX_VALUE)) {
                // to the end
            }
        }
    }
}
