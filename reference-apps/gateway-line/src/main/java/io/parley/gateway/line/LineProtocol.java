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
import io.parley.room.Opening;
import io.parley.room.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection that speaks lines: bytes to lines, and events to lines. {@link LineRequests} does what lines ask for. */
final class LineProtocol implements Protocol {
    private static final int MAX_LINE_BYTES = 4 << 10;

    private final Peer peer;
    private final LineDecoder decoder;
    private final LineRequests requests;
    private final DateTimeFormatter time;

    LineProtocol(Peer peer, LineGateway gateway) {
        this.peer = peer;
        this.decoder = new LineDecoder(Math.min(MAX_LINE_BYTES, peer.options().maxRequestBytes()));
        this.requests = new LineRequests(peer, gateway);
        this.time = DateTimeFormatter.ofPattern("'['HH:mm'] '").withZone(gateway.zone());
    }

    // ---- bytes to lines

    @Override
    public int next(ByteBuffer in) {
        LineDecoder.Found found = decoder.next(in);
        switch (found) {
            case LINE -> requests.take(Clean.line(decoder.take()));
            case TOO_LONG -> {
                peer.proceed();
                peer.send(LineText.refusal("That line is too long; it was not taken."));
            }
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
            requests.take(Clean.line(decoder.take()));
        }
    }

    // ---- events to lines

    @Override
    public byte[] connected() {
        return LineText.notice("Welcome. Which name do you want?");
    }

    @Override
    public byte[] welcome() {
        requests.loggedIn();
        return NONE;
    }

    @Override
    public byte[] opening(Membership room, Opening opening, long request) {
        if (request == LineRequests.TOPIC) {
            return LineText.notice(topic(opening));
        }
        if (request == LineRequests.DIRECT) {
            return LineText.notice("To " + opening.snapshot().name() + ":");
        }
        if (request != LineRequests.JOIN) {
            return NONE;
        }
        List<String> lines = new ArrayList<>();
        lines.add("-- "
                + Clean.line("You are in " + opening.snapshot().name() + ". Here now: "
                        + opening.snapshot().memberCount() + ". " + topic(opening)));
        for (Entry.Sequenced entry : opening.backlog()) {
            String when = time.format(Instant.ofEpochMilli(entry.timeMillis()));
            LineText.of(RoomKind.ROOM, entry).forEach(line -> lines.add(when + line));
        }
        return LineText.bytes(lines);
    }

    private static String topic(Opening opening) {
        String topic = opening.snapshot().state().topic();
        return topic.isEmpty() ? "There is no topic." : "Topic: " + topic;
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
        RoomException cause = ending.cause();
        if (room.room().kind() == RoomKind.DIRECT) {
            return cause == null ? NONE : LineText.notice(cause.text());
        }
        String name = room.room().name();
        return ending.isAsked()
                ? LineText.notice("You left " + name + ".")
                : cause == null
                        ? NONE
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
        return LineText.refusal("Not said: " + why.text());
    }

    @Override
    public byte[] done(long request) {
        return NONE;
    }

    @Override
    public byte[] failed(long request, Refusal why) {
        if (request == LineRequests.JOIN || request == LineRequests.DIRECT || request == LineRequests.TOPIC) {
            requests.joined(null);
        }
        return LineText.refusal(why.text());
    }

    @Override
    public byte[] refused(Refusal why, boolean loggedIn) {
        if (why.code() == ErrorCode.GOING_AWAY) {
            return LineText.notice("The server shuts down: " + why.text());
        }
        boolean name = why.code() == ErrorCode.NAME_TAKEN || why.code() == ErrorCode.BAD_NAME;
        return LineText.refusal(why.text() + (name && !loggedIn ? ". Connect again with another name." : ""));
    }

    /** There is no question that a person would answer. */
    @Override
    public byte[] ping() {
        return NONE;
    }

    /** A person has nothing to finish: the connection ends at once. */
    @Override
    public byte[] goAway(Duration drain, String text) {
        peer.fail(ErrorCode.GOING_AWAY, text);
        return NONE;
    }
}
