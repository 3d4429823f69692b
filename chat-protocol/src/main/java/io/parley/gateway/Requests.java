package io.parley.gateway;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.DirectMode;
import io.parley.model.EntryPage;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.MyRooms;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomSettings;
import io.parley.model.SearchQuery;
import io.parley.model.SessionToken;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.policy.Credentials;
import io.parley.room.HubOptions;
import io.parley.room.Opening;
import io.parley.room.Outcome;
import io.parley.room.ResumeRequest;
import io.parley.room.Resumption;
import io.parley.room.Session;
import io.parley.room.Subscription;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a connection asks for: each request becomes a call on the domain, and gets one answer. One thread at a time calls it,
 * as {@link Inbound} ensures: mostly the connection's reader.
 */
final class Requests implements Peer {
    private static final AtomicIntegerFieldUpdater<Requests> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(Requests.class, "inFlight");

    private final Attachment attachment;
    private final Context context;
    // Places that are being entered, each with the answer to the last who asked; replaced, and seldom any.
    private Map<String, CompletableFuture<Boolean>> underWay = Map.of();
    private long lastCid; // of a session that ends with the connection
    private volatile boolean searching; // set by the reader, unset by any thread
    private volatile @Nullable CompletableFuture<Bytes>
            asked; // what the client is to respond to; changed through ASKED
    private volatile int inFlight; // commands without an outcome; changed through IN_FLIGHT

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Requests, CompletableFuture> ASKED =
            AtomicReferenceFieldUpdater.newUpdater(Requests.class, CompletableFuture.class, "asked");

    Requests(Attachment attachment, Context context) {
        this.attachment = attachment;
        this.context = context;
    }

    private Session session() {
        Session known = attachment.session();
        if (known == null) {
            throw new RoomException(
                    Reason.BAD_REQUEST, "log in first"); // which ends the connection, if nobody catches it
        }
        return known;
    }

    // ---- the connection

    @Override
    public SocketAddress address() {
        return attachment.address();
    }

    @Override
    public @Nullable SSLSession tls() {
        return attachment.tls();
    }

    @Override
    public boolean isConfidential() {
        return attachment.isConfidential();
    }

    @Override
    public GatewayOptions options() {
        return attachment.options();
    }

    @Override
    public HubOptions hubOptions() {
        return context.hub().options();
    }

    @Override
    public String greeting() {
        return context.greeting().get();
    }

    @Override
    public void send(byte[] bytes) {
        attachment.send(bytes);
    }

    @Override
    public void fail(int code, String text) {
        attachment.fail(new Refusal(code, text));
    }

    @Override
    public void await(CompletionStage<?> what, Runnable then) {
        attachment.await(what, then);
    }

    @Override
    public void bye() {
        Session known = attachment.session();
        if (known == null) {
            attachment.bye();
        } else {
            known.inOrder(attachment::bye);
        }
    }

    // ---- login

    @Override
    public boolean isLoggedIn() {
        return attachment.session() != null;
    }

    @Override
    public void loginGuest(String client, String name) {
        login(client, name, Credentials.NONE);
    }

    @Override
    public void loginGuest(String client, String name, SessionToken token) {
        login(client, name, Credentials.NONE, token);
    }

    @Override
    public void login(String client, String name, Credentials credentials) {
        new Admission(attachment, context).login(client, name, credentials, null);
    }

    @Override
    public void login(String client, String name, Credentials credentials, SessionToken token) {
        new Admission(attachment, context).login(client, name, credentials, wish(token));
    }

    private ResumeRequest wish(SessionToken token) {
        return new ResumeRequest(token, tls() != null, options().maxInFlight());
    }

    @Override
    public void resume(String client, SessionToken token) {
        new Admission(attachment, context).resume(wish(token));
    }

    @Override
    public CompletableFuture<Bytes> challenge(byte[] bytes) {
        CompletableFuture<Bytes> response = new CompletableFuture<>();
        if (attachment.state() != AttachmentLife.State.DECIDING || !ASKED.compareAndSet(this, null, response)) {
            return CompletableFuture.failedFuture(new IllegalStateException("the client cannot be asked now"));
        }
        attachment.send(bytes);
        attachment.gate().open(ReadGate.Reason.DECIDING);
        if (attachment.state() != AttachmentLife.State.DECIDING) { // maybe before there was anything to fail
            decided();
        }
        return response;
    }

    @Override
    public boolean respond(Bytes response) {
        if (asked == null) {
            return false;
        }
        attachment.gate().close(ReadGate.Reason.DECIDING); // first: whoever decides now opens it behind that
        CompletableFuture<Bytes> waiting = takeAsked();
        if (waiting != null) {
            waiting.complete(response);
        }
        return waiting != null; // else the login was decided without it, and the response is out of place
    }

    /** The login is decided, or the connection has ended: whoever asks the client gets no response. */
    void decided() {
        CompletableFuture<Bytes> waiting = takeAsked();
        if (waiting != null) {
            waiting.completeExceptionally(new RoomException(Reason.UNAVAILABLE, "the login is over"));
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable CompletableFuture<Bytes> takeAsked() {
        return asked == null ? null : ASKED.getAndSet(this, null);
    }

    @Override
    public Resumption resumption() {
        return session().resumption();
    }

    @Override
    public UserItem user() {
        return session().user().item();
    }

    @Override
    public long origin() {
        return session().origin();
    }

    // ---- speaking

    @Override
    public boolean counts(long cid) {
        Session session = session();
        if (session.outlives()) {
            return session.read(cid);
        }
        if (cid != lastCid + 1) {
            return false;
        }
        lastCid = cid;
        return true;
    }

    @Override
    public long nextCid() {
        Session session = session();
        return session.outlives() ? session.nextCid() : lastCid + 1;
    }

    @Override
    public CompletableFuture<Long> find(int room, long cid) {
        return session().find(room, cid);
    }

    @Override
    public void say(Membership room, long cid, String body, Tags tags) {
        if (!mayAsk(cid)) {
            return;
        }
        if (!areAllowed(tags)) {
            answered();
            reject(cid, ErrorCode.TOO_LARGE, "tags are too large, or carry a name that begins with @");
        } else {
            session().say(room.subscription(), cid, body, tags, room.pending().add(cid, true));
        }
    }

    /**
     * Counts one more command that is owed an outcome; false if it is refused, since there are as many as may be. The client may have seen
     * outcomes that are not counted off yet, because that happens when a run is written: at most as many as were under way
     * when the run began. So twice the agreed number is the bound for a client that keeps to it.
     */
    private boolean mayAsk(long cid) {
        if (inFlight >= 2 * options().maxInFlight()) {
            reject(cid, ErrorCode.TOO_MANY_IN_FLIGHT, "too many commands are unanswered");
            return false;
        }
        IN_FLIGHT.incrementAndGet(this); // nobody else does: more than seen there are not
        return true;
    }

    /** A command has its outcome. Any thread. */
    void answered() {
        IN_FLIGHT.decrementAndGet(this);
    }

    /** After each request: stops reading if it waits for the policy. */
    void requested() {
        Session known = attachment.session();
        if (known != null && known.isHeld()) {
            known.settle();
        }
    }

    /** Also at the end of each read; stops reading if what was said waits for the policy. */
    @Override
    public void proceed() {
        Session known = attachment.session();
        if (known != null && attachment.gate().isDeciding()) {
            return; // it is another thread's
        }
        if (known != null) {
            known.settle();
        }
    }

    private boolean areAllowed(Tags tags) {
        return tags.isEmpty()
                || (tags.encodedBytes() <= options().maxTagBytes()
                        && tags.names().stream().noneMatch(name -> name.startsWith("@")));
    }

    private void reject(long cid, int code, String text) {
        attachment.send(attachment.protocol().rejected(cid, new Refusal(code, text)));
    }

    @Override
    public void typing(Membership room) {
        session().typing(room.subscription());
    }

    // ---- joining and leaving

    @Override
    public @Nullable Membership membership(int room) {
        return attachment.memberships().find(room);
    }

    @Override
    public void join(long request, String room, BacklogRequest backlog) {
        enter(request, "room " + key(room), session().join(room, backlog));
    }

    @Override
    public void direct(long request, long user, BacklogRequest backlog) {
        enter(request, "user " + user, session().direct(user, backlog));
    }

    private String key(String name) {
        try {
            return context.hub().names().room(name).key();
        } catch (RoomException bad) {
            return name; // it is refused
        }
    }

    /** Who asks twice for one place enters it in the order it asked, whichever backlog is read first. */
    private CompletableFuture<Boolean> enter(long request, String place, CompletableFuture<Opening> entering) {
        CompletableFuture<Boolean> former = underWay.get(place);
        CompletableFuture<Opening> next = former == null
                ? entering
                : former.handle((done, broken) -> entering).thenCompose(Function.identity());
        CompletableFuture<Boolean> answered = next.handle((opening, error) -> {
            try {
                if (opening == null) {
                    refuse(request, Refusal.of(error));
                } else {
                    attachment.memberships().begin(opening, request);
                }
            } catch (Throwable broken) { // which would be lost with the future
                attachment.broke(broken);
            }
            return true;
        });
        if (!answered.isDone()) {
            Map<String, CompletableFuture<Boolean>> all = new HashMap<>(underWay);
            all.values().removeIf(CompletableFuture::isDone);
            all.put(place, answered);
            underWay = all;
        }
        return answered;
    }

    private void refuse(long request, Refusal why) {
        attachment.send(attachment.protocol().failed(request, why));
    }

    /** What the client asks of the room behind this is for the membership that begins: it waits for that. */
    @Override
    public void goOn(long request, int room, BacklogRequest backlog) {
        CompletableFuture<Boolean> begun =
                enter(request, "number " + room, session().goOn(room, backlog));
        if (!begun.isDone()) {
            attachment.await(begun, () -> {});
        }
    }

    @Override
    public boolean leaveHeld(int room) {
        return session().leave(room);
    }

    @Override
    public void leave(long request, Membership room) {
        leave(request, room, session()::leave);
    }

    @Override
    public void close(long request, Membership room) {
        leave(request, room, session()::close);
    }

    private void leave(long request, Membership room, Consumer<Subscription> ask) {
        if (room.leave(request)) {
            ask.accept(room.subscription());
        } else {
            refuse(request, Refusal.of(new RoomException(Reason.NOT_A_MEMBER, "you are not in that room")));
        }
    }

    @Override
    public CompletableFuture<String> rename(String wanted) {
        return session().rename(wanted);
    }

    @Override
    public CompletableFuture<@Nullable Void> password(String old, String next) {
        RoomException no = Admission.refusal(isConfidential(), old, next);
        return no == null ? session().password(old, next) : CompletableFuture.failedFuture(no);
    }

    // ---- moderation

    private Outcome pending(long cid, Membership room) {
        return room.pending().add(cid, false);
    }

    @Override
    public void setTopic(Membership room, long cid, String topic) {
        if (mayAsk(cid)) {
            session().setTopic(room.subscription(), cid, topic, pending(cid, room));
        }
    }

    @Override
    public void moderate(Membership room, long cid, Action action, long target, Duration duration, String text) {
        if (mayAsk(cid)) {
            session().moderate(room.subscription(), cid, action, target, duration, text, pending(cid, room));
        }
    }

    @Override
    public void lift(Membership room, long cid, Action action, long restriction, String text) {
        if (mayAsk(cid)) {
            session().lift(room.subscription(), cid, action, restriction, text, pending(cid, room));
        }
    }

    @Override
    public void configure(Membership room, long cid, RoomSettings settings) {
        if (mayAsk(cid)) {
            session().configure(room.subscription(), cid, settings, pending(cid, room));
        }
    }

    // ---- reading

    @Override
    public CompletableFuture<EntryPage> history(Membership room, long after, long before, int limit) {
        return session().history(room.subscription(), after, before, limit);
    }

    @Override
    public CompletableFuture<MyRooms> mine(String after, int limit) {
        CompletableFuture<MyRooms> page = session().mine(after, limit);
        if (!page.isDone()) {
            attachment.await(page, () -> {}); // one at a time: each may read much
        }
        return page;
    }

    @Override
    public CompletableFuture<@Nullable Void> read(Membership room, long seq) {
        return session().read(room.subscription(), seq);
    }

    @Override
    public CompletableFuture<EntryPage> search(Membership room, SearchQuery query) {
        if (searching) {
            return CompletableFuture.failedFuture(
                    new RoomException(Reason.RATE_LIMITED, "another search is under way"));
        }
        Session session = session();
        searching = true;
        return session.search(room.subscription(), query).whenComplete((page, error) -> searching = false);
    }

    @Override
    public CompletableFuture<@Nullable Void> ignore(long user, boolean on) {
        return session().ignore(user, on);
    }

    @Override
    public CompletableFuture<@Nullable Void> allowDirect(DirectMode mode) {
        return session().allowDirect(mode);
    }

    @Override
    public CompletableFuture<UserItem> find(String name) {
        return session().find(name);
    }

    @Override
    public CompletableFuture<List<RestrictionItem>> restrictions(Membership room, long after, int limit) {
        return session().restrictions(room.subscription(), after, limit);
    }

    @Override
    public CompletableFuture<List<Member>> members(Membership room, String after, int limit) {
        return session().members(room.subscription(), after, limit);
    }

    @Override
    public CompletableFuture<List<RoomItem>> rooms(String after, int limit) {
        return session().rooms(after, limit);
    }
}
