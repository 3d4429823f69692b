package io.parley.gateway.line;

import io.parley.gateway.Ending;
import io.parley.gateway.Membership;
import io.parley.gateway.Peer;
import io.parley.gateway.Protocol;
import io.parley.gateway.Refusal;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.UserItem;
import io.parley.room.Opening;
import io.parley.room.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection that speaks lines: bytes to lines, and events to lines. {@link LineRequests} does what lines ask for. */
final class LineProtocol implements Protocol {
    private static final int MAX_LINE_BYTES = 4 << 10;

    private final Peer peer;
    private final LineGateway gateway;
    private final LineDecoder decoder;
    private final LineRequests requests;

    LineProtocol(Peer peer, LineGateway gateway) {
        this.peer = peer;
        this.gateway = gateway;
        this.decoder = new LineDecoder(Math.min(MAX_LINE_BYTES, peer.options().maxRequestBytes()));
        this.requests = new LineRequests(peer, gateway);
    }

    // ---- bytes to lines

    @Override
    public int next(ByteBuffer in) {
        LineDecoder.Found found = decoder.next(in);
        switch (found) {
            case LINE -> requests.take(decoder.take());
            case TOO_LONG -> peer.send(LineText.refusal("That line is too long; it was not taken."));
            case NOTHING -> {
                return 0;
            }
        }
        return 1;
    }

    @Override
    public boolean isMidRequest() {
        return decoder.isMidLine();
    }

    /** A pause in the middle of a character or of a telnet command is none; the end of the stream is. */
    @Override
    public void quiet(boolean ended) {
        if (ended || !decoder.isMidCharacter()) {
            requests.take(decoder.take());
        }
    }

    // ---- events to lines

    @Override
    public byte[] connected() {
        return LineText.notice("Welcome. Which name do you want?");
    }

    @Override
    public byte[] welcome() {
        List<String> lines = new ArrayList<>();
        lines.add("-- You are " + peer.user().name() + ". Lines that you write are said; /help lists commands.");
        LineText.lines(peer.greeting()).stream()
                .filter(line -> !line.isEmpty())
                .forEach(line -> lines.add("-- " + line));
        if (gateway.room().isEmpty()) {
            lines.add("-- You are in no room: /join ROOM");
        }
        requests.loggedIn();
        return LineText.bytes(lines);
    }

    @Override
    public byte[] opening(Membership room, Opening opening, long request) {
        String name = LineText.clean(opening.snapshot().name());
        if (request == LineRequests.DIRECT) {
            return LineText.notice("To " + name + ":");
        }
        if (request != LineRequests.JOIN) {
            return NONE;
        }
        List<String> lines = new ArrayList<>();
        String topic = LineText.topic(opening.snapshot().state().topic());
        lines.add("-- You are in " + name + ". Here now: " + opening.snapshot().memberCount() + ". " + topic);
        for (Entry.Sequenced entry : opening.backlog()) {
            String time = gateway.time().format(Instant.ofEpochMilli(entry.timeMillis()));
            LineEncoding.lines(RoomKind.ROOM, entry).forEach(line -> lines.add("[" + time + "] " + line));
        }
        return LineText.bytes(lines);
    }

    @Override
    public void joined(Membership room, long request) {
        if (request != Membership.UNASKED) {
            requests.joined(room);
        }
    }

    @Override
    public byte[] gap(Membership room, Subscription.Gap gap) {
        long missing = gap.to() - gap.from() + 1;
        return missing > 0
                ? LineText.notice("Your connection was too slow: " + missing + " entries are missing here.")
                : NONE;
    }

    @Override
    public byte[] ended(Membership room, Ending ending) {
        requests.ended(room);
        String name = room.room().name();
        RoomException cause = ending.cause();
        if (ending.isAsked()) {
            return LineText.notice("You left " + name + ".");
        }
        if (cause == null) {
            return NONE;
        }
        return room.room().kind() == RoomKind.DIRECT
                ? LineText.notice(cause.text())
                : LineText.notice("You are out of " + name + ": " + cause.text() + ". To go on: /join ROOM");
    }

    /** Everybody knows what they have typed. */
    @Override
    public byte @Nullable [] own(Membership room, long cid, ByteBuffer shared, boolean replaced) {
        return replaced ? null : NONE;
    }

    @Override
    public byte[] acknowledged(RoomRef room, long cid, long seq) {
        return NONE;
    }

    @Override
    public byte[] rejected(long cid, Refusal why) {
        return requests.answered(cid) ? LineText.refusal(why.text()) : LineText.refusal("Not said: " + why.text());
    }

    @Override
    public byte[] done(long cid) {
        requests.answered(cid);
        return NONE;
    }

    @Override
    public byte[] renamed(UserItem user) {
        return LineText.notice("Your name belongs to an account. You are " + user.name() + " now.");
    }

    @Override
    public byte[] failed(long request, Refusal why) {
        requests.failed(request);
        return LineText.refusal(why.text());
    }

    @Override
    public byte[] refused(Refusal why, boolean loggedIn) {
        boolean name = why.code() == ErrorCode.NAME_TAKEN || why.code() == ErrorCode.BAD_NAME;
        return LineText.refusal(why.text() + (name && !loggedIn ? ". Connect again with another name." : ""));
    }

    /** There is no question that a person would answer. */
    @Override
    public byte[] ping() {
        return NONE;
    }

    @Override
    public byte[] goAway(Duration drain, String text) {
        return LineText.notice("The server shuts down in " + drain.toSeconds() + " s: " + text);
    }
}
