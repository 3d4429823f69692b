package io.parley.server;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.RoomKind;
import io.parley.room.Encoding;
import io.parley.room.Opening;
import io.parley.room.Participant;
import io.parley.room.Room;
import io.parley.room.Snapshot;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.room.User;
import io.parley.server.SessionState.State;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Scheduler;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import io.parley.wire.ClientFrame;
import io.parley.wire.Failed;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Goaway;
import io.parley.wire.Limits;
import io.parley.wire.Ping;
import io.parley.wire.ProtocolException;
import io.parley.wire.Refused;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the server. It ties its parts together and does no chat itself: {@link Login} and {@link Requests}
 * say what frames mean, {@link Feeds} which rooms it reads, {@link SessionWriter} what is written next.
 *
 * <p>Threads: {@code onBytes} and {@code onWritable} as the transport calls them, {@link #tick} on the scheduler's, and
 * everything else from any. Longer than other files because all that ends a session is kept together.
 */
final class ServerSession implements ConnectionHandler, Subscriber {
    private static final System.Logger LOG = System.getLogger(ServerSession.class.getName());
    private static final AtomicIntegerFieldUpdater<ServerSession> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(ServerSession.class, "inFlight");

    private final ChatServer server;
    private final SocketAddress remote;
    private final ServerOptions options;
    private final FrameDecoder<ClientFrame> decoder;
    private final Inbound inbound = new Inbound(this);
    private final FrameMeter meter;
    private final Feeds feeds = new Feeds(this);
    private final SessionState state = new SessionState();
    private volatile @Nullable Participant participant;
    private volatile @Nullable Requests requests;
    private volatile long lastInbound;
    private volatile long frameSince; // when the frame that is half read began, or 0
    private volatile int inFlight; // changed through IN_FLIGHT
    private volatile boolean wanting; // there is something to write, and the transport has not asked for it yet
    private volatile boolean blocked; // there was more than the peer took
    private volatile String farewell = "connection lost";
    private volatile long since; // when it began, and then when its end did

    private long skipped; // frames counted so far that the decoder left out; whoever reads
    private int frameBytes; // of the frame that is half read, not charged yet; whoever reads

    private int place = -1; // among the sessions that are open; guarded by the lock of Sessions

    // the ticker's
    private long blockedSince;
    private boolean pinged;

    // set by onOpen, before anything else happens
    private @Nullable Connection link;
    private @Nullable ReadGate readGate;
    private @Nullable Unwritten unwrittenBytes;
    private @Nullable SessionWriter out;

    ServerSession(ChatServer server, SocketAddress remote) {
        this.server = server;
        this.remote = remote;
        this.options = server.options();
        this.decoder = FrameDecoder.ofClientFrames(options.maxFrameBytes());
        this.since = now();
        this.lastInbound = since;
        this.blockedSince = since;
        this.meter = new FrameMeter(options, since);
    }

    private static <T> T set(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return part;
    }

    private Connection connection() {
        return set(link);
    }

    ReadGate gate() {
        return set(readGate);
    }

    Unwritten unwritten() {
        return set(unwrittenBytes);
    }

    private SessionWriter writer() {
        return set(out);
    }

    ChatServer server() {
        return server;
    }

    ServerOptions options() {
        return options;
    }

    Encoding encoding() {
        return server.encoding();
    }

    SocketAddress remoteAddress() {
        return remote;
    }

    int place() {
        return place;
    }

    void place(int value) {
        place = value;
    }

    @Nullable
    SSLSession tls() {
        return connection().tls();
    }

    /** Whether nobody on the way can read what is sent. */
    boolean isConfidential() {
        return tls() != null || Transport.isLocal(remote);
    }

    @Nullable
    Participant participant() {
        return participant;
    }

    @Nullable
    User user() {
        Participant known = participant;
        return known == null ? null : known.user();
    }

    void fellOut(Room room, long from, long to) {
        User member = user();
        if (member != null && room.kind() != RoomKind.ANNOUNCEMENTS) {
            server.listener().onGap(member, room, from, to);
        }
    }

    private long now() {
        return server.clock().nanoTime();
    }

    // ---- the transport's calls

    @Override
    public void onOpen(Connection connection) {
        link = connection;
        readGate = new ReadGate(connection, inbound);
        unwrittenBytes = new Unwritten(options.outboxBytes(), gate());
        out = new SessionWriter(feeds, unwritten());
        server.opened(this);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        lastInbound = now();
        server.counters().bytesIn.add(bytes.remaining());
        inbound.onBytes(bytes);
    }

    /** Handles frames for as long as any are wanted, and leaves the rest of the bytes. Throws nothing. */
    void consume(ByteBuffer bytes) {
        try {
            handleFrames(bytes);
        } catch (ProtocolException malformed) {
            fail(malformed.code(), String.valueOf(malformed.getMessage()));
        } catch (Throwable broken) {
            broke(broken);
        }
        if (state.isEnding()) {
            bytes.position(bytes.limit());
        }
    }

    private void handleFrames(ByteBuffer bytes) {
        int from = bytes.position();
        try {
            while (isReading()) {
                ClientFrame frame = decoder.next(bytes);
                if (frame == null) {
                    frameBytes += bytes.position() - from;
                    limitUnhandled();
                    frameSince = !decoder.midFrame() ? 0 : frameSince == 0 ? lastInbound : frameSince;
                    return;
                }
                frameSince = 0;
                handle(frame);
                limitRate(1, frameBytes + bytes.position() - from);
                from = bytes.position();
                frameBytes = 0;
            }
        } finally {
            endBurst();
        }
    }

    private boolean isReading() {
        return gate().isOpen() && !state.isEnding();
    }

    private void handle(ClientFrame frame) {
        Requests open = requests;
        if (open == null) {
            new Login(this, server.policy()).on(frame); // which remembers nothing, and is not kept
        } else {
            if (!(frame instanceof Say)) {
                open.endBurst();
            }
            frame.accept(open);
        }
    }

    private void endBurst() {
        Requests open = requests;
        if (open != null) {
            open.endBurst();
        }
    }

    private void limitRate(long frames, long bytes) {
        Scheduler scheduler = server.scheduler();
        long wait = meter.take(scheduler.nanoTime(), frames, bytes);
        if (wait > 0) {
            gate().close(ReadGate.Reason.RATE);
            // Frames that were held are handled then: not on the one thread that everybody's deadlines are on.
            Runnable open = () -> gate().open(ReadGate.Reason.RATE);
            scheduler.schedule(Duration.ofNanos(wait), () -> server.limited().execute(open));
        }
    }

    /**
     * Frames that this server does not know and may ignore cost their sender as much as others. So do the bytes of a
     * frame before all of it is here, so that nobody is charged with more than one read at once.
     */
    private void limitUnhandled() {
        long more = decoder.skippedFrames() - skipped;
        if (more > 0 || frameBytes >= FrameMeter.KIB) {
            skipped += more;
            limitRate(more, frameBytes);
            frameBytes %= FrameMeter.KIB;
        }
    }

    @Override
    public Progress onWritable(Sink sink) {
        wanting = false;
        Progress progress = writer().write(sink);
        server.counters().bytesOut.add(unwritten().takeWritten());
        boolean more = progress == Progress.MORE;
        if (blocked != more) { // seldom: a volatile write costs more than this look
            blocked = more;
        }
        return progress;
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        state.reach(State.CLOSED);
        // Each whatever the others do: else a name stays taken, or a place of the server's.
        try {
            feeds.abandon(farewell);
        } finally {
            try {
                exit();
            } finally {
                server.closed(this, farewell);
            }
        }
    }

    private void exit() {
        Participant gone = participant;
        if (gone != null) {
            server.hub().exit(gone);
        }
    }

    // ---- login

    /** Waits for the policy's answer; false if the session is past that. */
    boolean decide() {
        boolean deciding = state.move(State.LOGIN, State.DECIDING);
        if (deciding) {
            gate().close(ReadGate.Reason.DECIDING);
        }
        return deciding;
    }

    void enterGuest(String name) {
        enter(server.hub().enterGuest(name, encoding(), this));
    }

    void enterAccount(String name) {
        String id = server.hub().names().user(name).key();
        enter(server.hub().enterAccount(id, name, encoding(), this));
    }

    private void enter(Participant entered) {
        participant = entered;
        requests = new Requests(this, entered);
        if (!state.move(State.DECIDING, State.OPEN)) {
            server.hub().exit(entered); // the connection ended while the policy made up its mind
            return;
        }
        // Its place is taken before the peer knows that it is in: what is announced from then on reaches it.
        CompletableFuture<Opening> announcements = server.hub().joinAnnouncements(entered);
        send(welcome(entered));
        announcements.thenAccept(feeds::hear);
        gate().open(ReadGate.Reason.DECIDING);
    }

    private Welcome welcome(Participant entered) {
        Limits limits = new Limits(
                options.maxFrameBytes(),
                server.hub().options().maxBodyBytes(),
                options.maxTagBytes(),
                options.maxInFlight(),
                server.hub().options().pageEntries(),
                server.hub().options().maxRoomsPerUser(),
                options.heartbeat().toMillis());
        return new Welcome(
                Wire.VERSION,
                0,
                entered.origin(),
                Bytes.EMPTY,
                false,
                entered.user().name(),
                limits,
                server.greeting());
    }

    // ---- answers

    private void wantWrite() {
        wanting = true;
        connection().wantWrite();
    }

    /** Queues a frame. Any thread. */
    void send(ServerFrame frame) {
        writer().add(frame.toBytes());
        wantWrite();
    }

    boolean hasAnswers() {
        return writer().hasAnswers();
    }

    /**
     * Counts one more SAY that is owed an outcome; false if there are as many as may be. The peer may have seen outcomes
     * that are not counted off yet, because that happens when a run is written: at most as many as were under way when
     * the run began. So twice the agreed number is the bound for a peer that keeps to it. The thread that reads.
     */
    boolean mayAsk() {
        if (inFlight >= 2 * options.maxInFlight()) {
            return false;
        }
        IN_FLIGHT.incrementAndGet(this); // nobody else does: more than seen there are not
        return true;
    }

    void answered() {
        IN_FLIGHT.decrementAndGet(this);
    }

    // ---- rooms

    Feeds feeds() {
        return feeds;
    }

    @Override
    public void opened(Subscription subscription, Snapshot snapshot) {
        feeds.opened(subscription, snapshot);
    }

    @Override
    public void ready(Subscription cursor) {
        if (cursor.attachment() instanceof Feed feed) {
            wake(feed);
        }
    }

    /** Has a feed written. Any thread. */
    void wake(Feed feed) {
        writer().wake(feed);
        wantWrite();
    }

    // ---- the end

    /** The peer says goodbye: what it is still owed is written, then the connection ends. */
    void bye() {
        farewell = "";
        since = now();
        state.reach(State.CLOSING);
        if (!feeds.leave()) {
            connection().close();
        } // else with the end of the last room, or when that takes too long
    }

    String farewell() {
        return farewell;
    }

    /** Ends the connection when what is queued is written. */
    void endOutput() {
        connection().close();
    }

    /** Tells the peer what is wrong and ends the connection. Any thread. */
    void fail(int code, String text) {
        if (!state.isEnding()) {
            boolean open = state.now() == State.OPEN;
            farewell = open ? text : ""; // first: the peer may end the connection as soon as it reads why
            server.listener().onRefused(remote, code, text);
            send(open ? new Failed(0, code, text, 0) : new Refused(code, text, 0));
            writer().answersOnly();
            close();
        }
    }

    /** Ends the connection because something threw on its behalf that should not have. Any thread. */
    void broke(Throwable error) {
        LOG.log(System.Logger.Level.ERROR, "a session broke", error);
        fail(ErrorCode.UNAVAILABLE, "the server could not do that");
    }

    void goAway(Goaway goaway) {
        if (state.now() == State.OPEN) {
            send(goaway);
        } else {
            fail(ErrorCode.GOING_AWAY, goaway.text());
        }
    }

    private void close() {
        since = now();
        state.reach(State.CLOSING);
        feeds.close();
        connection().close();
    }

    void abort() {
        connection().abort();
    }

    /** Looks at the clock. The scheduler's thread. */
    void tick(long now) {
        switch (state.now()) {
            case LOGIN, DECIDING -> {
                if (now - since > options.loginTimeout().toNanos()) {
                    fail(ErrorCode.LOGIN_TIMEOUT, "login took too long");
                }
            }
            case OPEN -> tickOpen(now);
            case CLOSING -> {
                if (now - since > options.closeTimeout().toNanos()) {
                    abort();
                }
            }
            case CLOSED -> {
                // nothing is timed any more
            }
        }
        boolean waiting = blocked || wanting;
        if (unwritten().takeProgress() || !waiting) {
            blockedSince = now;
        } else if (now - blockedSince > options.writeTimeout().toNanos()) {
            farewell = "too slow";
            blockedSince = now; // once
            server.listener().onSlow(remote, user());
            abort();
        }
    }

    private void tickOpen(long now) {
        if (!gate().isOpen()) {
            lastInbound = now; // we are not listening: silence says nothing, nor does a frame's standing still
            frameSince = frameSince == 0 ? 0 : now;
        }
        long silence = now - lastInbound;
        long began = frameSince;
        if (began != 0 && now - began > options.frameTimeout().toNanos()) {
            fail(ErrorCode.IDLE, "a frame took too long");
        } else if (silence > 2 * options.heartbeat().toNanos()) {
            fail(ErrorCode.IDLE, "nothing was heard for too long");
        } else if (silence <= options.heartbeat().toNanos()) {
            pinged = false;
        } else if (!pinged) {
            pinged = true;
            send(new Ping(0));
        }
    }
}
