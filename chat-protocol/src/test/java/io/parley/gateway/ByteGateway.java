package io.parley.gateway;

import io.parley.model.RoomRef;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.Opening;
import io.parley.room.Subscription;
import io.parley.transport.memory.MemoryNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A protocol in which each byte is a request: {@code L} logs in, and any other is handed on. It writes nothing. */
final class ByteGateway implements Gateway {
    static final byte LOGIN = 'L';

    private final Encoding encoding = (room, entry, into) -> {};
    volatile Runnable onRequest = () -> {};

    /** Connections of this gateway alone, with a hub of their own. */
    static Connections connections(Hub hub, MemoryNetwork network) {
        return new Connections(
                hub,
                network.scheduler(),
                new ConnectionListener() {},
                GatewayOptions.builder().maxConnectionsPerAddress(20_000).build(),
                "");
    }

    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public Protocol open(Peer peer) {
        return new Bytes(peer);
    }

    private final class Bytes implements Protocol {
        private final Peer peer;

        Bytes(Peer peer) {
            this.peer = peer;
        }

        @Override
        public int next(ByteBuffer in) {
            if (!in.hasRemaining()) {
                return 0;
            }
            if (in.get() == LOGIN) {
                peer.loginGuest("test", "alice");
            } else {
                onRequest.run();
            }
            return 1;
        }

        @Override
        public boolean isMidRequest() {
            return false;
        }

        @Override
        public byte[] welcome() {
            return NONE;
        }

        @Override
        public byte[] opening(Membership room, Opening opening, long request) {
            return NONE;
        }

        @Override
        public byte[] gap(Membership room, Subscription.Gap gap) {
            return NONE;
        }

        @Override
        public byte[] ended(Membership room, Ending ending) {
            return NONE;
        }

        @Override
        public byte[] acknowledged(RoomRef room, long cid, long seq) {
            return NONE;
        }

        @Override
        public byte[] rejected(long cid, Refusal why) {
            return NONE;
        }

        @Override
        public byte[] done(long request) {
            return NONE;
        }

        @Override
        public byte[] failed(long request, Refusal why) {
            return NONE;
        }

        @Override
        public byte[] refused(Refusal why, boolean loggedIn) {
            return NONE;
        }

        @Override
        public byte[] ping() {
            return NONE;
        }

        @Override
        public byte[] goAway(Duration drain, String text) {
            return NONE;
        }
    }
}
