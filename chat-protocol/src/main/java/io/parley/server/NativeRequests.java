package io.parley.server;

import io.parley.gateway.Membership;
import io.parley.gateway.Peer;
import io.parley.journal.Journal;
import io.parley.log.Faults;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.DirectMode;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.SearchQuery;
import io.parley.room.Encoding;
import io.parley.wire.Ack;
import io.parley.wire.AllowDirect;
import io.parley.wire.BanPage;
import io.parley.wire.Bans;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.Configure;
import io.parley.wire.Continue;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Find;
import io.parley.wire.Found;
import io.parley.wire.Hello;
import io.parley.wire.History;
import io.parley.wire.Ignore;
import io.parley.wire.Join;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.MemberPage;
import io.parley.wire.Members;
import io.parley.wire.Mine;
import io.parley.wire.MinePage;
import io.parley.wire.Moderate;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Ok;
import io.parley.wire.Password;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Read;
import io.parley.wire.Rejected;
import io.parley.wire.Response;
import io.parley.wire.RoomPage;
import io.parley.wire.Rooms;
import io.parley.wire.Say;
import io.parley.wire.Search;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import io.parley.wire.Since;
import io.parley.wire.Typing;
import io.parley.wire.Unknown;
import io.parley.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is understood after the login: each frame is one request. The connection's reader. */
final class NativeRequests implements ClientFrame.Handler {
    private static final int ROOMS_A_PAGE = 200;
    private static final int MEMBERS_A_PAGE = 500;
    private static final int BANS_A_PAGE = 50; // each may have a long reason

    private final Peer peer;
    private final Encoding encoding;

    NativeRequests(Peer peer, Encoding encoding) {
        this.peer = peer;
        this.encoding = encoding;
    }

    private void send(ServerFrame frame) {
        peer.send(frame.toBytes());
    }

    private void fail(long id, int code, String text) {
        send(new Failed(id, code, text, 0));
    }

    private void fail(long id, RoomException why) {
        send(new Failed(id, why.reason().code(), why.text(), why.retryAfterMillis()));
    }

    /** Does something in a room that the connection is in. */
    private void in(int room, long id, Consumer<Membership> work) {
        try {
            Membership membership = peer.membership(room);
            if (membership == null) {
                throw new RoomException(Reason.NOT_A_MEMBER, "you are not in that room");
            }
            work.accept(membership);
        } catch (RoomException no) {
            fail(id, no);
        }
    }

    // ---- commands

    /** The room that a command is for; null if it was rejected. */
    private @Nullable Membership room(int room, long cid) {
        if (!counts(cid)) {
            return null;
        }
        Membership membership = peer.membership(room);
        if (membership == null) {
            peer.find(room, cid)
                    .thenAccept(seq -> {
                        if (seq > 0) {
                            send(new Ack(cid, room, seq));
                        } else {
                            reject(cid, ErrorCode.NOT_A_MEMBER, "you are not in room " + room);
                        }
                    })
                    .whenComplete((sent, error) -> {
                        if (error != null) {
                            Faults.report(error);
                            reject(cid, ErrorCode.UNAVAILABLE, "that does not work at the moment");
                        }
                    });
        }
        return membership;
    }

    /** Counts a command; one that leaves others out is rejected, and does not count. */
    private boolean counts(long cid) {
        boolean counts = peer.counts(cid);
        if (!counts) {
            reject(cid, ErrorCode.BAD_CID, "cid " + peer.nextCid() + " comes next");
        }
        return counts;
    }

    private void reject(long cid, int code, String text) {
        send(new Rejected(cid, code, text, 0));
    }

    @Override
    public void onSay(Say say) {
        Membership room = room(say.room(), say.cid());
        if (room != null) {
            peer.say(room, say.cid(), say.body(), say.tags());
        }
    }

    @Override
    public void onSetTopic(SetTopic set) {
        Membership room = room(set.room(), set.cid());
        if (room != null) {
            peer.setTopic(room, set.cid(), set.topic());
        }
    }

    @Override
    public void onModerate(Moderate act) {
        Membership room = room(act.room(), act.cid());
        if (room == null) {
            return;
        }
        if (act.action() == Action.OTHER) {
            reject(act.cid(), ErrorCode.BAD_REQUEST, "there is no action " + act.actionCode());
        } else if (act.action().lifts()) {
            peer.lift(room, act.cid(), act.action(), act.restriction(), act.text());
        } else {
            Duration duration = Duration.ofMillis(act.durationMillis());
            peer.moderate(room, act.cid(), act.action(), act.target(), duration, act.text());
        }
    }

    @Override
    public void onConfigure(Configure configure) {
        Membership room = room(configure.room(), configure.cid());
        if (room != null) {
            peer.configure(room, configure.cid(), configure.settings());
        }
    }

    @Override
    public void onTyping(Typing typing) {
        Membership room = peer.membership(typing.room());
        if (room != null) {
            peer.typing(room);
        }
    }

    // ---- joining and leaving

    @Override
    public void onJoin(Join join) {
        peer.join(join.id(), join.room(), backlog(join.since(), join.last()));
    }

    @Override
    public void onDirect(Direct direct) {
        peer.direct(direct.id(), direct.user(), backlog(direct.since(), direct.last()));
    }

    private static BacklogRequest backlog(@Nullable Since since, int last) {
        return since == null ? BacklogRequest.last(last) : new BacklogRequest(true, since.epoch(), since.seq(), last);
    }

    @Override
    public void onContinue(Continue again) {
        peer.goOn(again.id(), again.room(), backlog(again.since(), again.last()));
    }

    @Override
    public void onLeave(Leave leave) {
        if (peer.membership(leave.room()) == null && peer.leaveHeld(leave.room())) {
            send(new Left(leave.id(), leave.room()));
        } else {
            in(leave.room(), leave.id(), room -> peer.leave(leave.id(), room));
        }
    }

    @Override
    public void onNick(Nick nick) {
        answer(nick.id(), peer.rename(nick.name()), name -> send(new Named(nick.id(), name)));
    }

    // ---- reading

    @Override
    public void onHistory(History history) {
        in(history.room(), history.id(), room -> {
            if (history.epoch() != room.epoch()) {
                fail(history.id(), ErrorCode.WRONG_EPOCH, "that is another history");
                return;
            }
            long after = history.after() == History.ABSENT ? Journal.NONE : history.after();
            long before = history.before() == History.ABSENT ? Journal.NONE : history.before();
            answer(
                    history.id(),
                    peer.history(room, after, before, history.limit()),
                    page -> send(NativePages.history(
                            encoding, mostBytes(), history.id(), room, page, after != Journal.NONE)));
        });
    }

    @Override
    public void onSearch(Search search) {
        in(search.room(), search.id(), room -> {
            if (search.epoch() != room.epoch()) {
                fail(search.id(), ErrorCode.WRONG_EPOCH, "that is another history");
            } else if (search.words().length() > SearchQuery.MOST_CHARS) {
                fail(search.id(), ErrorCode.TOO_LARGE, "that is too much to search for");
            } else {
                SearchQuery query = new SearchQuery(
                        search.words(),
                        search.sender(),
                        search.sinceMillis(),
                        search.untilMillis(),
                        search.before(),
                        Math.max(1, search.limit()));
                answer(
                        search.id(),
                        peer.search(room, query),
                        page -> send(NativePages.found(encoding, mostBytes(), search.id(), room, page)));
            }
        });
    }

    /** Answers a request when its result is there, on the thread that brings it. */
    private <T> void answer(long id, CompletableFuture<T> result, Consumer<T> send) {
        result.thenAccept(send).whenComplete((sent, error) -> {
            if (error == null) {
                return;
            }
            if (Faults.cause(error) instanceof RoomException why) {
                fail(id, why);
            } else {
                Faults.reportSeldom("a request could not be answered", error);
                fail(id, ErrorCode.UNAVAILABLE, "that does not work at the moment");
            }
        });
    }

    private int mostBytes() {
        return Math.max(peer.options().maxRequestBytes(), Wire.DEFAULT_MAX_FRAME);
    }

    @Override
    public void onMembers(Members members) {
        in(members.room(), members.id(), room -> {
            int limit = Math.max(1, Math.min(members.limit(), MEMBERS_A_PAGE));
            answer(members.id(), peer.members(room, members.after(), limit + 1), found -> {
                List<Member> page = found.subList(0, Math.min(limit, found.size()));
                boolean more = found.size() > limit;
                send(new MemberPage(members.id(), room.room().number(), room.memberCount(), page, more));
            });
        });
    }

    @Override
    public void onFind(Find find) {
        answer(find.id(), peer.find(find.name()), user -> send(new Found(find.id(), user)));
    }

    @Override
    public void onRead(Read read) {
        in(
                read.room(),
                read.id(),
                room -> answer(read.id(), peer.read(room, read.seq()), done -> send(new Ok(read.id()))));
    }

    @Override
    public void onMine(Mine mine) {
        answer(
                mine.id(),
                peer.mine(mine.after(), mine.limit()),
                page -> send(new MinePage(mine.id(), page.rooms(), page.next())));
    }

    @Override
    public void onIgnore(Ignore ignore) {
        answer(ignore.id(), peer.ignore(ignore.user(), ignore.on()), done -> send(new Ok(ignore.id())));
    }

    @Override
    public void onAllowDirect(AllowDirect allow) {
        answer(allow.id(), peer.allowDirect(DirectMode.of(allow.mode())), done -> send(new Ok(allow.id())));
    }

    @Override
    public void onPassword(Password change) {
        answer(change.id(), peer.password(change.old(), change.next()), done -> send(new Ok(change.id())));
    }

    @Override
    public void onBans(Bans bans) {
        in(bans.room(), bans.id(), room -> {
            int limit = Math.max(1, Math.min(bans.limit(), BANS_A_PAGE));
            answer(bans.id(), peer.restrictions(room, bans.after(), limit + 1), found -> {
                List<RestrictionItem> page = found.subList(0, Math.min(limit, found.size()));
                send(new BanPage(bans.id(), room.room().number(), page, found.size() > limit));
            });
        });
    }

    @Override
    public void onRooms(Rooms rooms) {
        int limit = Math.max(1, Math.min(rooms.limit(), ROOMS_A_PAGE));
        answer(rooms.id(), peer.rooms(rooms.after(), limit + 1), found -> {
            List<RoomItem> page = found.subList(0, Math.min(limit, found.size()));
            send(new RoomPage(rooms.id(), page, found.size() > limit));
        });
    }

    // ---- the connection itself

    @Override
    public void onPing(Ping ping) {
        send(new Pong(ping.nonce()));
    }

    @Override
    public void onPong(Pong pong) {
        // a sign of life, noted when its bytes came
    }

    @Override
    public void onBye(Bye bye) {
        peer.bye();
    }

    @Override
    public void onHello(Hello hello) {
        peer.fail(ErrorCode.UNEXPECTED_FRAME, "HELLO comes once");
    }

    @Override
    public void onResponse(Response response) {
        peer.fail(ErrorCode.UNEXPECTED_FRAME, "there was no challenge");
    }

    @Override
    public void onUnknown(Unknown unknown) {
        String text = "frame type " + unknown.type();
        if (!Wire.isCommand(unknown.type())) {
            fail(unknown.first(), ErrorCode.UNKNOWN_TYPE, text);
        } else if (counts(unknown.second())) {
            reject(unknown.second(), ErrorCode.UNKNOWN_TYPE, text);
        }
    }
}
