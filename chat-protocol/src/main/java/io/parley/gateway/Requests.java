package io.parley.gateway;

import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.EntryPage;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.policy.ChatPolicy;
import io.parley.policy.ChatPolicy.Decision;
import io.parley.room.HubOptions;
import io.parley.room.Opening;
import io.parley.room.Participant;
import io.parley.room.Room;
import io.parley.room.User;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a connection asks for: each request becomes a call on the domain, and gets one answer. One thread at a time calls it,
 * as {@link Inbound} ensures: mostly the connection's reader.
 */
final class Requests implements Peer {
    private static final AtomicIntegerFieldUpdater<Requests> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(Requests.class, "inFlight");
    private static final Decision UNDECIDED = Decision.denied("that cannot be decided at the moment");

    private final Attachment attachment;
    private final Context context;
    // Places that are being entered, each with the answer to the last who asked; replaced, and seldom any.
    private Map<String, CompletableFuture<Boolean>> underWay = Map.of();
    private @Nullable Room speaking; // where what was said is to be ordered
    private volatile int inFlight; // messages without an outcome; changed through IN_FLIGHT

    Requests(Attachment attachment, Context context) {
        this.attachment = attachment;
        this.context = context;
    }

    private Participant participant() {
        Participant known = attachment.participant();
        if (known == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        return known;
    }

    private User user() {
        return participant().user();
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
        proceed();
        attachment.bye();
    }

    // ---- login

    @Override
    public boolean isLoggedIn() {
        return attachment.participant() != null;
    }

    @Override
    public void loginGuest(String client, String name) {
        new Admission(attachment, context).guest(client, name);
    }

    @Override
    public void loginAccount(String client, String name, String password) {
        new Admission(attachment, context).account(client, name, password);
    }

    @Override
    public String name() {
        return user().name();
    }

    @Override
    public long origin() {
        return participant().origin();
    }

    // ---- speaking

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one open policy, and one object for each live room
    public void say(Membership room, long cid, String body, Tags tags) {
        if (!mayAsk()) {
            reject(cid, ErrorCode.TOO_MANY_IN_FLIGHT, "too many messages are unanswered");
            return;
        }
        Decision decision = context.policy() == ChatPolicy.OPEN
                ? Decision.ALLOWED
                : decide(() -> context.policy().speak(user().ref(), room.room(), body));
        if (!decision.allowed()) {
            answered();
            reject(cid, ErrorCode.FORBIDDEN, decision.reason());
        } else if (!areAllowed(tags)) {
            answered();
            reject(cid, ErrorCode.TOO_LARGE, "tags are too large, or carry a name that begins with @");
        } else {
            PendingMessage outcome = room.pending().say(cid);
            Room live = room.liveRoom();
            if (speaking != live) {
                proceed();
                speaking = live;
            }
            live.take(user(), origin(), cid, body, tags, outcome);
        }
    }

    /**
     * Counts one more message that is owed an outcome; false if there are as many as may be. The client may have seen
     * outcomes that are not counted off yet, because that happens when a run is written: at most as many as were under way
     * when the run began. So twice the agreed number is the bound for a client that keeps to it.
     */
    private boolean mayAsk() {
        if (inFlight >= 2 * options().maxInFlight()) {
            return false;
        }
        IN_FLIGHT.incrementAndGet(this); // nobody else does: more than seen there are not
        return true;
    }

    /** A message has its outcome. Any thread. */
    void answered() {
        IN_FLIGHT.decrementAndGet(this);
    }

    @Override
    public void proceed() {
        Room room = speaking;
        if (room != null) {
            speaking = null;
            room.proceed();
        }
    }

    private boolean areAllowed(Tags tags) {
        return tags.isEmpty()
                || (tags.encodedBytes() <= options().maxTagBytes()
                        && tags.names().stream().noneMatch(name -> name.startsWith("@")));
    }

    private static Decision decide(Supplier<Decision> policy) {
        try {
            return Objects.requireNonNullElse(policy.get(), UNDECIDED);
        } catch (Throwable broken) {
            return UNDECIDED;
        }
    }

    private void reject(long cid, int code, String text) {
        attachment.send(attachment.protocol().rejected(cid, new Refusal(code, text)));
    }

    @Override
    public void typing(Membership room) {
        proceed();
        room.liveRoom().typing(user());
    }

    // ---- joining and leaving

    @Override
    public @Nullable Membership membership(int room) {
        return attachment.memberships().find(room);
    }

    @Override
    public void join(long request, String room, BacklogRequest backlog) {
        proceed();
        Decision decision = decide(() -> context.policy().join(user().ref(), room));
        if (!decision.allowed()) {
            refuse(request, new Refusal(ErrorCode.FORBIDDEN, decision.reason()));
            return;
        }
        enter(
                request,
                "room " + key(context.hub().names()::room, room),
                context.hub().join(participant(), room, backlog));
    }

    @Override
    public void direct(long request, String name, BacklogRequest backlog) {
        proceed();
        enter(
                request,
                "user " + key(context.hub().names()::user, name),
                context.hub().direct(participant(), name, backlog));
    }

    private static String key(Function<String, NamePolicy.Name> policy, String name) {
        try {
            return policy.apply(name).key();
        } catch (RoomException bad) {
            return name; // it is refused
        }
    }

    /** Who asks twice for one place enters it in the order it asked, whichever backlog is read first. */
    private void enter(long request, String place, CompletableFuture<Opening> entering) {
        CompletableFuture<Boolean> former = underWay.get(place);
        CompletableFuture<Opening> next = former == null
                ? entering
                : former.handle((done, broken) -> entering).thenCompose(Function.identity());
        CompletableFuture<Boolean> answered = next.handle((opening, error) -> {
            if (opening == null) {
                refuse(request, PendingRequest.refusal(error));
            } else {
                begin(opening, request);
            }
            return true;
        });
        if (!answered.isDone()) {
            Map<String, CompletableFuture<Boolean>> all = new HashMap<>(underWay);
            all.values().removeIf(CompletableFuture::isDone);
            all.put(place, answered);
            underWay = all;
        }
    }

    private void begin(Opening opening, long request) {
        try {
            attachment.memberships().begin(opening, request);
        } catch (Throwable broken) { // which would be lost with the future
            attachment.broke(broken);
        }
    }

    private void refuse(long request, Refusal why) {
        attachment.send(attachment.protocol().failed(request, why));
    }

    @Override
    public void leave(long request, Membership room) {
        proceed();
        if (room.leave(request)) {
            room.liveRoom().leave(room.subscription(), "");
        } else {
            refuse(request, Refusal.of(new RoomException(Reason.NOT_A_MEMBER, "you are not in that room")));
        }
    }

    @Override
    public String rename(String wanted) {
        proceed();
        if (!user().isGuest()) {
            throw new RoomException(Reason.FORBIDDEN, "an account's name stays as it is");
        }
        return context.hub().rename(user(), wanted);
    }

    // ---- moderation

    private PendingRequest pending(long request, Membership room) {
        proceed();
        return new PendingRequest(attachment, request, room.pending());
    }

    @Override
    public void setTopic(long request, Membership room, String topic) {
        room.liveRoom().setTopic(user(), topic, pending(request, room));
    }

    @Override
    public void moderate(
            long request, Membership room, Action action, String target, long durationMillis, String text) {
        room.liveRoom().moderate(user(), action, target, durationMillis, text, pending(request, room));
    }

    @Override
    public void configure(long request, Membership room, RoomSettings settings) {
        room.liveRoom().configure(user(), settings, pending(request, room));
    }

    // ---- reading

    @Override
    public CompletableFuture<EntryPage> history(Membership room, long after, long before, int limit) {
        proceed();
        return room.liveRoom().history(user(), after, before, limit);
    }

    @Override
    public List<Member> members(Membership room, String after, int limit) {
        proceed();
        return room.liveRoom().members(user(), after, limit);
    }

    @Override
    public List<RoomItem> rooms(String after, int limit) {
        proceed();
        return context.hub().rooms().stream()
                .filter(room -> room.name().compareTo(after) > 0)
                .limit(limit)
                .map(room -> new RoomItem(room.name(), room.topic(), room.memberCount()))
                .toList();
    }
}
