package io.parley.server;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.Tags;
import io.parley.policy.ChatPolicy;
import io.parley.room.BacklogRequest;
import io.parley.room.Opening;
import io.parley.room.Participant;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.Configure;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Hello;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Join;
import io.parley.wire.Leave;
import io.parley.wire.MemberPage;
import io.parley.wire.Members;
import io.parley.wire.Moderate;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Rejected;
import io.parley.wire.Response;
import io.parley.wire.RoomPage;
import io.parley.wire.Rooms;
import io.parley.wire.Say;
import io.parley.wire.SetTopic;
import io.parley.wire.Since;
import io.parley.wire.Typing;
import io.parley.wire.Unknown;
import io.parley.wire.Wire;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an open session understands: each frame becomes a request to the domain, and each request gets one reply. One
 * thread at a time calls it, as {@link Inbound} sees to: mostly the connection's reader. Longer than other files because
 * it has a method for every frame a client can send.
 */
final class Requests implements ClientFrame.Handler {
    private static final int ROOMS_A_PAGE = 200;
    private static final int MEMBERS_A_PAGE = 500;
    private static final int HISTORY_HEADER = 64; // the most that a HISTORY_PAGE is longer than its entries
    private static final ChatPolicy.Decision UNDECIDED =
            ChatPolicy.Decision.denied("that cannot be decided at the moment");

    private final ServerSession session;
    private final Participant participant;
    private long lastCid;
    // Places that are being entered, each with the answer to the last who asked; replaced, and seldom any.
    private Map<String, CompletableFuture<Boolean>> underWay = Map.of();
    private @Nullable Room speaking; // where what was said has yet to happen

    Requests(ServerSession session, Participant participant) {
        this.session = session;
        this.participant = participant;
    }

    private User user() {
        return participant.user();
    }

    // ---- speaking

    @Override
    public void onSay(Say say) {
        if (say.cid() != lastCid + 1) {
            reject(say, ErrorCode.BAD_CID, "cid " + (lastCid + 1) + " comes next");
            return;
        }
        lastCid = say.cid();
        Feed feed = session.feeds().find(say.room());
        if (feed == null) {
            reject(say, ErrorCode.NOT_A_MEMBER, "you are not in room " + say.room());
        } else if (!session.mayAsk()) {
            reject(say, ErrorCode.TOO_MANY_IN_FLIGHT, "too many messages are unanswered");
        } else {
            ChatPolicy.Decision decision = decide(() ->
                    session.server().policy().speak(user().ref(), feed.room().ref(), say.body()));
            if (!decision.allowed()) {
                session.answered();
                reject(say, ErrorCode.FORBIDDEN, decision.reason());
            } else if (!areAllowed(say.tags())) {
                session.answered();
                reject(say, ErrorCode.TOO_LARGE, "tags are too large, or carry a name that begins with @");
            } else {
                SayOutcome outcome = feed.owed().say(say.cid());
                speakIn(feed.room());
                feed.room().take(user(), participant.origin(), say.cid(), say.body(), say.tags(), outcome);
            }
        }
    }

    private void speakIn(Room room) {
        if (speaking != room) {
            endBurst();
            speaking = room;
        }
    }

    /** Has happen what was said. After the last SAY at hand, and before anything else that is asked. */
    void endBurst() {
        Room room = speaking;
        if (room != null) {
            speaking = null;
            room.proceed();
        }
    }

    private boolean areAllowed(Tags tags) {
        return tags.isEmpty()
                || (tags.encodedBytes() <= session.options().maxTagBytes()
                        && tags.names().stream().noneMatch(name -> name.startsWith("@")));
    }

    private static ChatPolicy.Decision decide(Supplier<ChatPolicy.Decision> policy) {
        try {
            return Objects.requireNonNullElse(policy.get(), UNDECIDED);
        } catch (Throwable broken) {
            return UNDECIDED;
        }
    }

    private void reject(Say say, int code, String text) {
        session.send(new Rejected(say.cid(), code, text, 0));
    }

    @Override
    public void onTyping(Typing typing) {
        Feed feed = session.feeds().find(typing.room());
        if (feed != null) {
            feed.room().typing(user());
        }
    }

    // ---- coming and going

    @Override
    public void onJoin(Join join) {
        ChatPolicy.Decision decision = decide(() -> session.server().policy().join(user().ref(), join.room()));
        if (!decision.allowed()) {
            session.send(new Failed(join.id(), ErrorCode.FORBIDDEN, decision.reason(), 0));
            return;
        }
        NamePolicy names = session.server().hub().names();
        enter(
                join.id(),
                "room " + key(names::room, join.room()),
                session.server().hub().join(participant, join.room(), backlog(join.since(), join.last())));
    }

    @Override
    public void onDirect(Direct direct) {
        NamePolicy names = session.server().hub().names();
        enter(
                direct.id(),
                "user " + key(names::user, direct.name()),
                session.server().hub().direct(participant, direct.name(), backlog(direct.since(), direct.last())));
    }

    private static BacklogRequest backlog(@Nullable Since since, int last) {
        return since == null ? BacklogRequest.last(last) : new BacklogRequest(true, since.epoch(), since.seq(), last);
    }

    private static String key(Function<String, NamePolicy.Name> policy, String name) {
        try {
            return policy.apply(name).key();
        } catch (RoomException bad) {
            return name; // it is refused
        }
    }

    /** Who asks twice for one place enters it in the order it asked, whichever past is read first. */
    private void enter(long id, String place, CompletableFuture<Opening> entering) {
        Reply reply = new Reply(session, id, null);
        CompletableFuture<Boolean> former = underWay.get(place);
        CompletableFuture<Opening> next = former == null
                ? entering
                : former.handle((done, broken) -> entering).thenCompose(Function.identity());
        CompletableFuture<Boolean> answered = next.handle((joined, error) -> {
            if (joined == null) {
                reply.failed(error);
            } else {
                session.feeds().joined(id, joined);
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

    @Override
    public void onLeave(Leave leave) {
        with(leave.id(), leave.room(), (room, reply) -> {
            Feed feed = reply.feed();
            if (feed != null && feed.leave(leave.id())) {
                room.leave(feed.cursor(), "");
            } else {
                reply.refused(notMember());
            }
        });
    }

    @Override
    public void onNick(Nick nick) {
        Reply reply = new Reply(session, nick.id(), null);
        try {
            if (!user().isGuest()) {
                throw new RoomException(Reason.FORBIDDEN, "an account's name stays as it is");
            }
            session.send(new Named(nick.id(), session.server().hub().rename(user(), nick.name())));
        } catch (RoomException no) {
            reply.refused(no);
        }
    }

    // ---- reading

    @Override
    public void onHistory(History history) {
        with(history.id(), history.room(), (room, reply) -> {
            if (history.epoch() != room.epoch()) {
                session.send(new Failed(history.id(), ErrorCode.WRONG_EPOCH, "that is another history", 0));
                return;
            }
            long after = history.after() == History.ABSENT ? Journal.NONE : history.after();
            long before = history.before() == History.ABSENT ? Journal.NONE : history.before();
            room.history(user(), after, before, history.limit()).whenComplete((page, error) -> {
                if (page == null) {
                    reply.failed(error);
                } else {
                    session.send(page(history.id(), room, page, after != Journal.NONE));
                }
            });
        });
    }

    /** As much of a page as a frame holds. What is left out lies at its far end, where the next page begins. */
    private HistoryPage page(long id, Room room, EntryPage page, boolean upward) {
        List<Entry.Sequenced> entries = page.entries();
        FrameBatch frames = new FrameBatch();
        int[] ends = new int[entries.size() + 1]; // the first is the start of all
        for (int i = 0; i < entries.size(); i++) {
            frames.add(session.encoding(), room.ref(), entries.get(i));
            ends[i + 1] = frames.length();
        }
        int most = Math.max(session.options().maxFrameBytes(), Wire.DEFAULT_MAX_FRAME) - HISTORY_HEADER;
        int from = 0;
        int to = entries.size();
        while (to - from > 1 && ends[to] - ends[from] > most) {
            if (upward) {
                to--;
            } else {
                from++;
            }
        }
        boolean more = page.more() || to - from < entries.size();
        Bytes bytes = Bytes.of(Arrays.copyOfRange(frames.toBytes(), ends[from], ends[to]));
        return new HistoryPage(id, room.number(), room.epoch(), page.floor(), page.head(), more, bytes);
    }

    @Override
    public void onMembers(Members members) {
        with(members.id(), members.room(), (room, reply) -> {
            int limit = Math.max(1, Math.min(members.limit(), MEMBERS_A_PAGE));
            List<Member> found = room.members(user(), members.after(), limit + 1);
            List<Member> page = found.subList(0, Math.min(limit, found.size()));
            boolean more = found.size() > limit;
            session.send(new MemberPage(members.id(), room.number(), room.memberCount(), page, more));
        });
    }

    @Override
    public void onRooms(Rooms rooms) {
        int limit = Math.max(1, Math.min(rooms.limit(), ROOMS_A_PAGE));
        List<Room> page = session.server().hub().rooms().stream()
                .filter(room -> room.name().compareTo(rooms.after()) > 0)
                .limit(limit + 1L)
                .toList();
        List<RoomItem> items = page.stream()
                .limit(limit)
                .map(room -> new RoomItem(room.name(), room.topic(), room.memberCount()))
                .toList();
        session.send(new RoomPage(rooms.id(), items, page.size() > limit));
    }

    // ---- moderation

    @Override
    public void onSetTopic(SetTopic set) {
        with(set.id(), set.room(), (room, reply) -> room.setTopic(user(), set.topic(), reply));
    }

    @Override
    public void onModerate(Moderate act) {
        with(
                act.id(),
                act.room(),
                (room, reply) ->
                        room.moderate(user(), act.action(), act.target(), act.durationMillis(), act.text(), reply));
    }

    @Override
    public void onConfigure(Configure configure) {
        with(configure.id(), configure.room(), (room, reply) -> room.configure(user(), configure.settings(), reply));
    }

    /** Something to do in a room the session is in. */
    private interface InRoom {
        void run(Room room, Reply reply);
    }

    private void with(long id, int number, InRoom work) {
        Feed feed = session.feeds().find(number);
        Reply reply = new Reply(session, id, feed);
        if (feed == null) {
            reply.refused(notMember());
            return;
        }
        try {
            work.run(feed.room(), reply);
        } catch (RoomException no) {
            reply.refused(no);
        }
    }

    private static RoomException notMember() {
        return new RoomException(Reason.NOT_A_MEMBER, "you are not in that room");
    }

    // ---- the connection itself

    @Override
    public void onPing(Ping ping) {
        session.send(new Pong(ping.nonce()));
    }

    @Override
    public void onPong(Pong pong) {
        // a sign of life, noted when its bytes came
    }

    @Override
    public void onBye(Bye bye) {
        session.bye();
    }

    @Override
    public void onHello(Hello hello) {
        session.fail(ErrorCode.UNEXPECTED_FRAME, "HELLO comes once");
    }

    @Override
    public void onResponse(Response response) {
        session.fail(ErrorCode.UNEXPECTED_FRAME, "there was no challenge");
    }

    @Override
    public void onUnknown(Unknown unknown) {
        session.send(new Failed(unknown.id(), ErrorCode.UNKNOWN_TYPE, "frame type " + unknown.type(), 0));
    }
}
