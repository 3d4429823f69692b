package io.parley.gateway;

import io.parley.gateway.Liveness.Overdue;
import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.Snapshot;
import io.parley.model.UserItem;
import io.parley.room.Encoding;
import io.parley.room.Opening;
import io.parley.room.Room;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.room.User;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.FatalErrors;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the server: it ties its parts together, and ends. It does no chat itself: {@link Protocol} says what
 * bytes mean, {@link Requests} what is asked, {@link Memberships} which rooms are read, {@link Outbox} what is written next,
 * {@link Liveness} what is overdue.
 *
 * <p>Threads: {@code onBytes} and {@code onWritable} as the transport calls them, {@link #tick} on the scheduler's, and
 * everything else from any.
 */
final class Attachment extends AttachmentReader
        implements ConnectionHandler, Subscriber, PendingOutcomes.Line, Memberships.Owner {
    private static final System.Logger LOG = System.getLogger(Attachment.class.getName());

    /** Told when a connection begins and ends. */
    interface Home {
        void opened(Attachment attachment);

        void closed(Attachment attachment, String why);
    }

    private final Context context;
    private final Home home;
    private final SocketAddress remote;
    private final GatewayOptions options;
    private final Gateway gateway;
    private final Encoding encoding;
    private final Requests requests;
    private final Protocol protocol;
    private final Memberships memberships = new Memberships(this, this);
    private volatile @Nullable Session session;
    private volatile String farewell = "connection lost";
    private volatile boolean ends; // the session ends with the connection

    int place = -1; // among the connections that are open; guarded by the lock of Attachments

    // set by onOpen, before anything else happens
    private @Nullable Connection link;
    private @Nullable OutboxMeter outboxMeter;
    private @Nullable Outbox outbox;

    Attachment(Context context, Home home, Gateway gateway, GatewayOptions options, SocketAddress remote) {
        super(context, options, gateway.quiet());
        this.context = context;
        this.home = home;
        this.remote = remote;
        this.options = options;
        this.gateway = gateway;
        this.encoding = gateway.encoding();
        this.requests = new Requests(this, context);
        this.protocol = gateway.open(requests);
    }

    private Connection connection() {
        return set(link);
    }

    private Outbox outbox() {
        return set(outbox);
    }

    @Override
    public OutboxMeter meter() {
        return set(outboxMeter);
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public boolean ownApart() {
        return encoding.ownApart();
    }

    GatewayOptions options() {
        return options;
    }

    SocketAddress address() {
        return remote;
    }

    @Nullable
    SSLSession tls() {
        return connection().tls();
    }

    boolean isConfidential() {
        return tls() != null || Transport.isLocal(remote);
    }

    @Nullable
    Session session() {
        return session;
    }

    @Nullable
    User user() {
        Session known = session;
        return known == null ? null : known.user();
    }

    // ---- the transport's calls

    @Override
    public void onOpen(Connection connection) {
        link = connection;
        readFrom(connection);
        outboxMeter = new OutboxMeter(options.outboxBytes(), gate());
        outbox = new Outbox(memberships, meter());
        home.opened(this);
        send(protocol.connected());
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        read(bytes);
    }

    @Override
    public Progress onWritable(Sink sink) {
        asked();
        Progress progress = outbox().write(sink);
        context.bytesOut().add(meter().takeWritten());
        wrote(progress == Progress.MORE);
        return progress;
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        if (disconnect.kind() == Disconnect.Kind.ENDED && state() == State.OPEN) {
            finish(this::ended); // behind what another thread may be handling
        } else {
            closed();
        }
    }

    private void ended() {
        try {
            readLast();
        } finally {
            closed();
        }
    }

    private void closed() {
        reach(State.CLOSED);
        requests.decided();
        Session gone = session;
        boolean lives = gone != null && (ends ? gone.isReplaced() : gone.lost());
        // Each whatever the others do: else a name stays taken, or a place of the server's.
        try {
            memberships.abandon(farewell, lives);
        } finally {
            try {
                if (gone != null && !lives) {
                    gone.exit();
                }
            } finally {
                home.closed(this, farewell);
            }
        }
    }

    // ---- login

    /** Waits for the policy's answer; false if the connection is past that. */
    boolean decide() {
        boolean deciding = move(State.LOGIN, State.DECIDING);
        if (deciding) {
            gate().close(ReadGate.Reason.DECIDING);
        }
        return deciding;
    }

    Encoding encoding() {
        return encoding;
    }

    String gateway() {
        return gateway.name();
    }

    /** Somebody is logged in. */
    void enter(Session entered) {
        session = entered;
        requests.decided();
        if (!move(State.DECIDING, State.OPEN)) {
            if (!entered.lost()) { // the connection ended while the policy made up its mind
                entered.exit();
            }
            return;
        }
        // Its place is taken before the client knows that it is in: what is announced from then on reaches it.
        CompletableFuture<Opening> announcements = entered.joinAnnouncements();
        send(protocol.welcome());
        announcements.thenAccept(memberships::hear);
        gate().open(ReadGate.Reason.DECIDING);
    }

    // ---- answers

    private void wantWrite() {
        wantsWrite();
        connection().wantWrite();
    }

    @Override
    public void send(byte[] bytes) {
        if (bytes.length > 0) {
            outbox().add(bytes);
            wantWrite();
        }
    }

    @Override
    public void answered() {
        requests.answered();
    }

    // ---- rooms

    Memberships memberships() {
        return memberships;
    }

    @Override
    public void opened(Subscription subscription, Snapshot snapshot) {
        memberships.begin(new Opening(subscription, snapshot, false, 0, List.of()), Membership.UNASKED);
    }

    /** Ends the connection of a user who is removed: nothing more is done for it. */
    void remove(String reason) {
        Session known = session();
        if (known != null) {
            known.stop();
        }
        fail(new Refusal(ErrorCode.REMOVED, reason));
    }

    @Override
    public void expelled(RoomException why) {
        fail(Refusal.of(why));
    }

    @Override
    public void renamed(UserItem user) {
        send(protocol().renamed(user));
    }

    @Override
    public void read(RoomRef room, long seq) {
        if (memberships().find(room.number()) != null) {
            send(protocol().marker(room, seq));
        }
    }

    @Override
    public void ready(Subscription subscription) {
        if (subscription.attachment() instanceof Membership membership) {
            wake(membership);
        }
    }

    @Override
    public void wake(Membership membership) {
        outbox().wake(membership);
        wantWrite();
    }

    @Override
    public void fellOut(Room room, long from, long to) {
        User member = user();
        if (member != null && room.kind() != RoomKind.ANNOUNCEMENTS) {
            context.listener().onGap(member, room, from, to);
        }
    }

    // ---- the end

    /** The client says goodbye: what it is still owed is written, then the connection ends. */
    void bye() {
        farewell = "";
        ends = true;
        liveness.ending(now());
        reach(State.CLOSING);
        if (!memberships.leave()) {
            connection().close();
        } // else with the end of the last room, or when that takes too long
    }

    @Override
    public String farewell() {
        return farewell;
    }

    @Override
    public boolean livesOn() {
        Session known = session;
        return known != null && (known.isReplaced() || (!ends && known.outlives()));
    }

    @Override
    public void allLeft() {
        connection().close();
    }

    /** Tells the client what is wrong and ends the connection. Any thread. */
    void fail(Refusal why) {
        if (!isEnding()) {
            boolean open = state() == State.OPEN;
            farewell = open ? why.text() : ""; // first: the client may end the connection as soon as it reads why
            ends = !isForAWhile(why.code());
            context.listener().onRefused(remote, why.code(), why.text());
            send(protocol.refused(why, open));
            outbox().answersOnly();
            close();
        }
    }

    /** Whether the client may come back and go on. */
    private static boolean isForAWhile(int code) {
        return switch (code) {
            case ErrorCode.IDLE,
                    ErrorCode.UNAVAILABLE,
                    ErrorCode.OVERLOADED,
                    ErrorCode.GOING_AWAY,
                    ErrorCode.REPLACED -> true;
            default -> false;
        };
    }

    @Override
    void proceed() {
        requests.proceed();
    }

    @Override
    void requested() {
        requests.requested();
    }

    @Override
    public void waits() {
        gate().close(ReadGate.Reason.DECIDING);
    }

    @Override
    public void goesOn() {
        gate().open(ReadGate.Reason.DECIDING);
    }

    /** Ends the connection because something threw on its behalf that should not have. Any thread. */
    @Override
    void broke(Throwable error) {
        if (error
                instanceof
                RoomException refused) { // what a protocol asked for and did not handle: no fault of the server
            fail(Refusal.of(refused));
            return;
        }
        FatalErrors.handOver(error);
        LOG.log(System.Logger.Level.ERROR, "a connection broke", error);
        fail(new Refusal(ErrorCode.UNAVAILABLE, "the server could not do that"));
    }

    /** The server shuts down. Any thread. */
    void goAway(Duration drain, String text) {
        if (state() == State.OPEN) {
            send(protocol.goAway(drain, text));
        } else {
            fail(new Refusal(ErrorCode.GOING_AWAY, text));
        }
    }

    private void close() {
        liveness.ending(now());
        reach(State.CLOSING);
        memberships.close();
        connection().close();
    }

    void abort() {
        connection().abort();
    }

    /** Looks at the clock. The scheduler's thread. */
    void tick(long now) {
        Overdue overdue = liveness.tick(now, state(), gate().flow());
        switch (overdue) {
            case NOTHING -> {}
            case PING -> send(liveness.question(protocol));
            case END -> abort();
            case LOGIN, REQUEST, SIGN_OF_LIFE -> fail(overdue.refusal());
        }
        if (liveness.isStuck(now, isWaiting(), meter().takeProgress())) {
            farewell = "too slow";
            context.listener().onSlow(remote, user());
            abort();
        }
    }
}
