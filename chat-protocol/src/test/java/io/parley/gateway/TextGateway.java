package io.parley.gateway;

import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.room.Encoding;
import io.parley.room.Opening;
import io.parley.room.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A protocol of lines, as plain as one can be: {@code +NAME} logs in, {@code join}, {@code leave}, {@code wait}, and any other line
 * is said in the room. Messages are {@code <sender> body}, and own ones are written apart. For tests, on one network.
 */
final class TextGateway implements Gateway {
    static final Encoding LINES = new Lines();

    final CompletableFuture<Void> waiting = new CompletableFuture<>();
    final List<String> log = new ArrayList<>();
    volatile Duration quiet = Duration.ZERO;
    volatile byte[] ping = bytes("ping\n");
    volatile BiFunction<Long, String, @Nullable String> own = (cid, shared) -> null;
    int pings;

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Messages alone. */
    private static final class Lines implements Encoding {
        @Override
        public void encode(RoomRef room, Entry entry, ByteBuffer into) {
            if (entry instanceof Entry.Message message) {
                into.put(bytes("<" + message.author().name() + "> " + message.body() + "\n"));
            } else if (entry instanceof Entry.Typing typing) {
                into.put(bytes(typing.user().name() + " types\n"));
            }
        }

        @Override
        public boolean ownApart() {
            return true;
        }
    }

    @Override
    public String name() {
        return "text";
    }

    @Override
    public Encoding encoding() {
        return LINES;
    }

    @Override
    public Duration quiet() {
        return quiet;
    }

    @Override
    public Protocol open(Peer peer) {
        return new Text(peer);
    }

    private final class Text implements Protocol {
        private final Peer peer;
        private final StringBuilder line = new StringBuilder();
        private @Nullable Membership room;
        private long cids;

        Text(Peer peer) {
            this.peer = peer;
        }

        @Override
        public int next(ByteBuffer in) {
            while (in.hasRemaining()) {
                char next = (char) in.get();
                if (next == '\n') {
                    take();
                    return 1;
                }
                line.append(next);
            }
            return 0;
        }

        @Override
        public boolean isMidRequest() {
            return line.length() > 0;
        }

        @Override
        public void quiet(boolean ended) {
            log.add((ended ? "ended in " : "quiet in ") + line);
            if (!line.toString().endsWith("-")) {
                take();
            }
        }

        private void take() {
            String text = line.toString();
            line.setLength(0);
            Membership here = room;
            if (text.startsWith("+")) {
                peer.loginGuest("test", text.substring(1));
            } else if (text.equals("join")) {
                peer.join(1, "lobby", BacklogRequest.NOTHING);
            } else if (text.equals("wait")) {
                peer.await(waiting, () -> peer.send(bytes("waited\n")));
            } else if (here != null && text.equals("leave")) {
                peer.leave(2, here);
            } else if (here != null) {
                peer.say(here, ++cids, text, Tags.NONE);
            }
        }

        @Override
        public byte @Nullable [] own(Membership from, long cid, ByteBuffer shared, boolean replaced) {
            log.add("own " + cid + (replaced ? " replaced" : ""));
            byte[] copy = new byte[shared.remaining()];
            shared.get(copy);
            String instead = own.apply(cid, new String(copy, StandardCharsets.UTF_8));
            return instead == null ? null : bytes(instead);
        }

        @Override
        public void joined(Membership joined, long request) {
            room = joined;
        }

        @Override
        public byte[] welcome() {
            return bytes("welcome\n");
        }

        @Override
        public byte[] opening(Membership opened, Opening opening, long request) {
            return bytes("open\n");
        }

        @Override
        public byte[] gap(Membership from, Subscription.Gap gap) {
            return bytes("gap " + gap.from() + "-" + gap.to() + "\n");
        }

        @Override
        public byte[] ended(Membership left, Ending ending) {
            return bytes("end\n");
        }

        @Override
        public byte[] acknowledged(RoomRef from, long cid, long seq) {
            return bytes("ack " + cid + "\n");
        }

        @Override
        public byte[] rejected(long cid, Refusal why) {
            return bytes("rejected " + cid + "\n");
        }

        @Override
        public byte[] done(long request) {
            return bytes("done " + request + "\n");
        }

        @Override
        public byte[] failed(long request, Refusal why) {
            return bytes("failed " + request + "\n");
        }

        @Override
        public byte[] refused(Refusal why, boolean loggedIn) {
            return bytes("refused " + why.text() + "\n");
        }

        @Override
        public byte[] ping() {
            pings++;
            return ping;
        }

        @Override
        public byte[] goAway(Duration drain, String text) {
            return NONE;
        }
    }
}
