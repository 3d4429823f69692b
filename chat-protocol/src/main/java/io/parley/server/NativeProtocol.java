package io.parley.server;

import io.parley.gateway.ByteBatch;
import io.parley.gateway.Ending;
import io.parley.gateway.GatewayOptions;
import io.parley.gateway.Membership;
import io.parley.gateway.Peer;
import io.parley.gateway.Protocol;
import io.parley.gateway.Refusal;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.RoomRef;
import io.parley.model.UserItem;
import io.parley.room.Encoding;
import io.parley.room.Opening;
import io.parley.room.Resumption;
import io.parley.room.Subscription;
import io.parley.wire.Ack;
import io.parley.wire.ClientFrame;
import io.parley.wire.Failed;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Gap;
import io.parley.wire.Goaway;
import io.parley.wire.Joined;
import io.parley.wire.Left;
import io.parley.wire.Limits;
import io.parley.wire.Named;
import io.parley.wire.Opened;
import io.parley.wire.Ping;
import io.parley.wire.ProtocolException;
import io.parley.wire.ReadMarker;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.Resumed;
import io.parley.wire.RoomClosed;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection that speaks the native protocol: bytes to frames, and events to frames. */
final class NativeProtocol implements Protocol {
    private static final int RETRY_MILLIS =
            1_000; // clients of a server that shuts down come back within this and the next
    private static final int RETRY_SPREAD_MILLIS = 5_000;

    private final Peer peer;
    private final Encoding encoding;
    private final FrameDecoder<ClientFrame> decoder;
    private @Nullable NativeRequests requests; // once somebody is logged in; the reader's
    private long skipped; // frames that the decoder has left out and that are counted; the reader's

    NativeProtocol(Peer peer, Encoding encoding) {
        this.peer = peer;
        this.encoding = encoding;
        this.decoder = FrameDecoder.ofClientFrames(peer.options().maxRequestBytes());
    }

    // ---- bytes to requests

    /** Frames that this server does not know and may ignore count like others: they cost their sender as much. */
    @Override
    public int next(ByteBuffer in) {
        ClientFrame frame;
        try {
            frame = decoder.next(in);
        } catch (ProtocolException malformed) {
            peer.proceed();
            peer.fail(malformed.code(), String.valueOf(malformed.getMessage()));
            return 1;
        }
        int taken = (int) (decoder.skippedFrames() - skipped);
        skipped += taken;
        if (frame == null) {
            return taken;
        }
        handle(frame);
        return taken + 1;
    }

    @Override
    public boolean isMidRequest() {
        return decoder.midFrame();
    }

    private void handle(ClientFrame frame) {
        NativeRequests known = requests;
        if (known == null && peer.isLoggedIn()) {
            known = new NativeRequests(peer, encoding);
            requests = known;
        }
        if (known == null) {
            NativeLogin.on(frame, peer);
        } else {
            frame.accept(known);
        }
    }

    // ---- events to bytes

    @Override
    public byte[] welcome() {
        GatewayOptions options = peer.options();
        Limits limits = new Limits(
                options.maxRequestBytes(),
                peer.hubOptions().maxBodyBytes(),
                options.maxTagBytes(),
                options.maxInFlight(),
                peer.hubOptions().pageEntries(),
                peer.hubOptions().maxRoomsPerUser(),
                options.heartbeat().toMillis());
        Resumption resumption = peer.resumption();
        long capabilities = resumption.token().isNone() ? 0 : Wire.CAN_RESUME;
        ByteBatch batch = new ByteBatch();
        batch.add(new Welcome(
                Wire.VERSION,
                capabilities,
                peer.origin(),
                resumption.token().bytes(),
                resumption.resumed(),
                peer.user(),
                limits,
                peer.greeting())::encode);
        if (resumption.resumed()) {
            batch.add(new Resumed(resumption.held(), resumption.ended())::encode);
        }
        return batch.toBytes();
    }

    @Override
    public byte[] opening(Membership room, Opening opening, long request) {
        ByteBatch batch = new ByteBatch();
        if (request == Membership.UNASKED) {
            batch.add(new Opened(NativeEncoding.snapshot(opening.snapshot()))::encode);
        } else {
            batch.add(new Joined(request, NativeEncoding.snapshot(opening.snapshot()), opening.recovered())::encode);
        }
        if (opening.skippedFrom() <= opening.skippedTo() && opening.skippedFrom() > 0) {
            batch.add(
                    new Gap(opening.skippedFrom(), opening.skippedTo(), NativeEncoding.snapshot(opening.snapshot()))
                            ::encode);
        }
        for (Entry.Sequenced entry : opening.backlog()) {
            batch.add(encoding, room.room(), entry);
        }
        return batch.toBytes();
    }

    @Override
    public byte[] gap(Membership room, Subscription.Gap gap) {
        return new Gap(gap.from(), gap.to(), NativeEncoding.snapshot(gap.snapshot())).toBytes();
    }

    @Override
    public byte[] ended(Membership room, Ending ending) {
        RoomException cause = ending.cause();
        if (ending.isAsked()) {
            return new Left(ending.request(), room.room().number()).toBytes();
        }
        return cause == null
                ? NONE
                : new RoomClosed(room.room().number(), cause.reason().code(), cause.text()).toBytes();
    }

    @Override
    public byte[] acknowledged(RoomRef room, long cid, long seq) {
        return new Ack(cid, room.number(), seq).toBytes();
    }

    @Override
    public byte[] rejected(long cid, Refusal why) {
        return new Rejected(cid, why.code(), why.text(), why.retryAfterMillis()).toBytes();
    }

    @Override
    public byte[] renamed(UserItem user) {
        return new Named(0, user.name()).toBytes();
    }

    @Override
    public byte[] marker(RoomRef room, long seq) {
        return new ReadMarker(room.number(), seq).toBytes();
    }

    @Override
    public byte[] failed(long request, Refusal why) {
        return new Failed(request, why.code(), why.text(), why.retryAfterMillis()).toBytes();
    }

    @Override
    public byte[] refused(Refusal why, boolean loggedIn) {
        return loggedIn ? failed(0, why) : new Refused(why.code(), why.text(), why.retryAfterMillis()).toBytes();
    }

    @Override
    public byte[] ping() {
        return new Ping(0).toBytes();
    }

    @Override
    public byte[] goAway(Duration drain, String text) {
        return new Goaway(drain.toMillis(), RETRY_MILLIS, RETRY_SPREAD_MILLIS, text).toBytes();
    }
}
