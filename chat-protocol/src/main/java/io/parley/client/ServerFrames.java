package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.wire.Ack;
import io.parley.wire.BanPage;
import io.parley.wire.Bye;
import io.parley.wire.Challenge;
import io.parley.wire.Configured;
import io.parley.wire.Failed;
import io.parley.wire.Found;
import io.parley.wire.Gap;
import io.parley.wire.Goaway;
import io.parley.wire.HistoryPage;
import io.parley.wire.Joined;
import io.parley.wire.Left;
import io.parley.wire.MemberPage;
import io.parley.wire.Message;
import io.parley.wire.MinePage;
import io.parley.wire.Moderated;
import io.parley.wire.Named;
import io.parley.wire.Notice;
import io.parley.wire.Ok;
import io.parley.wire.Opened;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Presence;
import io.parley.wire.ReadMarker;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.Renamed;
import io.parley.wire.Resumed;
import io.parley.wire.RoomClosed;
import io.parley.wire.RoomPage;
import io.parley.wire.ServerFrame;
import io.parley.wire.TopicChanged;
import io.parley.wire.TypingNotice;
import io.parley.wire.Unknown;
import io.parley.wire.Welcome;
import java.util.function.Consumer;

/** What each frame from the server means. The reader's thread alone. */
final class ServerFrames implements ServerFrame.Handler {
    private final ClientSession session;

    ServerFrames(ClientSession session) {
        this.session = session;
    }

    private void in(int number, Consumer<RoomView> event) {
        RoomView view = session.rooms().get(number);
        if (view != null) {
            event.accept(view);
        }
    }

    // ---- the connection

    @Override
    public void onWelcome(Welcome welcome) {
        session.welcome(welcome);
    }

    @Override
    public void onRefused(Refused refused) {
        session.end(new ChatException(refused.code(), refused.text(), refused.retryAfterMillis()));
    }

    @Override
    public void onChallenge(Challenge challenge) {
        session.challenged(challenge.data());
    }

    @Override
    public void onPing(Ping ping) {
        session.answer(ping);
    }

    @Override
    public void onPong(Pong pong) {
        session.requests().answer(pong.nonce(), pong); // that of a mere sign of life belongs to no call
    }

    @Override
    public void onBye(Bye bye) {
        session.end(new ChatException(ErrorCode.GOING_AWAY, bye.text()));
    }

    @Override
    public void onGoaway(Goaway goaway) {
        session.goingAway(goaway);
    }

    @Override
    public void onNotice(Notice notice) {
        session.callbacks()
                .tell(
                        128 + 2 * notice.body().length(),
                        () -> session.listener().onNotice(notice.author().name(), notice.body()));
    }

    @Override
    public void onUnknown(Unknown unknown) {
        boolean numbered = unknown.first() <= Integer.MAX_VALUE && unknown.second() > 0;
        if (unknown.isEntry() && numbered) { // newer than this library; it has a number all the same
            in((int) unknown.first(), view -> view.sequenced(unknown.second(), unknown));
        }
    }

    // ---- replies

    @Override
    public void onOk(Ok ok) {
        session.requests().answer(ok.id(), ok);
    }

    @Override
    public void onFailed(Failed failed) {
        ChatException why = new ChatException(failed.code(), failed.text(), failed.retryAfterMillis());
        if (failed.id() != 0) {
            session.requests().fail(failed.id(), why);
        } else if (failed.code() != ErrorCode.UNKNOWN_TYPE) { // that one says nothing against the connection
            session.end(why);
        }
    }

    @Override
    public void onJoined(Joined joined) {
        if (!session.requests().answer(joined.id(), joined)) { // too late: nobody waits for it any more
            session.rooms().unwanted(joined.snapshot().room());
        }
    }

    @Override
    public void onLeft(Left left) {
        RoomView view = session.rooms().remove(left.room());
        if (view != null) {
            view.closed();
        }
        session.requests().answer(left.id(), left);
    }

    @Override
    public void onHistoryPage(HistoryPage page) {
        session.requests().answer(page.id(), page);
    }

    @Override
    public void onMemberPage(MemberPage page) {
        session.requests().answer(page.id(), page);
    }

    @Override
    public void onResumed(Resumed resumed) {
        session.resumed(resumed);
    }

    @Override
    public void onRoomPage(RoomPage page) {
        session.requests().answer(page.id(), page);
    }

    @Override
    public void onNamed(Named named) {
        if (named.id() == 0) { // the server's own will
            session.renamed(named.name());
            session.callbacks().tell(() -> session.listener().onRenamed(named.name()));
        } else {
            session.requests().answer(named.id(), named);
        }
    }

    @Override
    public void onFound(Found found) {
        session.requests().answer(found.id(), found);
    }

    @Override
    public void onBanPage(BanPage page) {
        session.requests().answer(page.id(), page);
    }

    @Override
    public void onMinePage(MinePage page) {
        session.requests().answer(page.id(), page);
    }

    @Override
    public void onRejected(Rejected rejected) {
        ChatException why = new ChatException(rejected.code(), rejected.text(), rejected.retryAfterMillis());
        session.commands().rejected(rejected.cid(), why);
    }

    @Override
    public void onAck(Ack ack) {
        session.commands().ordered(ack.cid(), ack.seq());
    }

    // ---- rooms

    @Override
    public void onMessage(Message message) {
        in(message.room(), view -> view.sequenced(message.seq(), message));
    }

    @Override
    public void onTopicChanged(TopicChanged change) {
        in(change.room(), view -> view.sequenced(change.seq(), change));
    }

    @Override
    public void onModerated(Moderated act) {
        in(act.room(), view -> view.sequenced(act.seq(), act));
    }

    @Override
    public void onConfigured(Configured change) {
        in(change.room(), view -> view.sequenced(change.seq(), change));
    }

    @Override
    public void onPresence(Presence presence) {
        in(presence.room(), view -> view.presence(presence));
    }

    @Override
    public void onTypingNotice(TypingNotice typing) {
        in(typing.room(), view -> view.typing(typing.user()));
    }

    @Override
    public void onReadMarker(ReadMarker marker) {
        in(marker.room(), view -> view.read(marker.seq()));
    }

    @Override
    public void onRenamed(Renamed renamed) {
        in(renamed.room(), view -> view.renamed(renamed));
    }

    @Override
    public void onGap(Gap gap) {
        in(gap.snapshot().room(), view -> view.gap(gap.from(), gap.to(), gap.snapshot()));
    }

    @Override
    public void onRoomClosed(RoomClosed closed) {
        RoomView view = session.rooms().remove(closed.room());
        if (view != null) {
            view.closed(closed.code(), closed.text());
        }
    }

    @Override
    public void onOpened(Opened opened) {
        session.rooms().opened(opened.snapshot());
    }
}
