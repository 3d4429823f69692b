package io.parley.gateway.line;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Departure;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.room.Encoding;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Entries as lines: the same for every member. Nobody's own lines come back. Any thread. */
final class LineEncoding implements Encoding {
    /** Marks a message as an action, for all of Parley's clients. */
    static final Tags AS_ACTION = Tags.of("action", Bytes.EMPTY);

    private static final int MAX_LINES = 50; // of one message: each has its sender's name before it

    @Override
    public void encode(RoomRef room, Entry entry, ByteBuffer into) {
        into.put(LineText.bytes(lines(room.kind(), entry)));
    }

    @Override
    public boolean ownApart() {
        return true;
    }

    /** The lines of an entry; none for what is not shown. */
    static List<String> lines(RoomKind kind, Entry entry) {
        if (entry instanceof Entry.Message message) {
            return message(kind, message);
        }
        List<String> events = kind == RoomKind.ROOM ? events(entry) : List.of(); // others repeat what rooms say
        return events.stream().map(event -> "-- " + LineText.clean(event)).toList();
    }

    private static List<String> message(RoomKind kind, Entry.Message message) {
        String name = LineText.name(message.author().name());
        boolean action = message.tags().names().containsAll(AS_ACTION.names());
        String before = switch (kind) {
            case ANNOUNCEMENTS -> "-" + name + "- ";
            case DIRECT -> "*" + name + "* ";
            default -> action ? "* " + name + " " : "<" + name + "> ";
        };
        List<String> lines = new ArrayList<>(1);
        List<String> body = LineText.lines(message.body());
        for (String line : body.subList(0, Math.min(body.size(), MAX_LINES))) {
            lines.add(before + line);
        }
        if (body.size() > MAX_LINES) {
            lines.add("-- " + (body.size() - MAX_LINES) + " more lines of " + name + " are not shown.");
        }
        return lines;
    }

    private static List<String> events(Entry entry) {
        if (entry instanceof Entry.Presence presence) {
            return presence(presence);
        }
        if (entry instanceof Entry.Renamed renamed) {
            return List.of(LineText.name(renamed.from()) + " is now "
                    + LineText.name(renamed.user().name()));
        }
        if (entry instanceof Entry.TopicChanged change) {
            String actor = LineText.name(change.author().name());
            return List.of(
                    change.topic().isEmpty()
                            ? actor + " removed the topic"
                            : actor + " set the topic: " + change.topic());
        }
        if (entry instanceof Entry.Configured change) {
            return List.of(LineText.name(change.author().name()) + " changed the settings of the room");
        }
        if (entry instanceof Entry.Moderated act) {
            String did = moderated(act.action(), LineText.name(act.target().name())) + lasting(act);
            return List.of(LineText.name(act.author().name()) + " " + did + because(act.text()));
        }
        return List.of();
    }

    private static List<String> presence(Entry.Presence presence) {
        List<String> events = new ArrayList<>(2);
        if (!presence.joined().isEmpty()) {
            events.add(presence.joined().stream()
                            .map(Member::name)
                            .map(LineText::name)
                            .collect(Collectors.joining(", "))
                    + " joined");
        }
        for (Departure gone : presence.left()) {
            events.add(LineText.name(gone.user().name()) + " left" + because(gone.text()));
        }
        return events;
    }

    private static String moderated(Action action, String target) {
        return switch (action) {
            case KICK -> "kicked " + target;
            case BAN -> "banned " + target;
            case UNBAN -> "lifted the ban on " + target;
            case MUTE -> "muted " + target;
            case UNMUTE -> "unmuted " + target;
            case INVITE -> "invited " + target;
            case UNINVITE -> "took back the invitation of " + target;
            case MAKE_MEMBER -> "made " + target + " a plain member";
            case MAKE_MODERATOR -> "made " + target + " a moderator";
            case MAKE_OWNER -> "made " + target + " an owner";
            case OTHER -> "did something to " + target;
        };
    }

    /** For how long; nothing for what lasts, and for what is done at once. */
    private static String lasting(Entry.Moderated act) {
        return act.durationMillis() == 0 ? "" : " for " + LineText.duration(Duration.ofMillis(act.durationMillis()));
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    /** A member, with a role that is not everybody's; of a guest, that it is one. */
    static String member(Member member) {
        List<String> marks = new ArrayList<>(2);
        if (member.role() != Role.MEMBER) {
            marks.add(member.role().name().toLowerCase(Locale.ROOT));
        }
        if (member.user().isGuest()) {
            marks.add("guest");
        }
        return LineText.name(member.name()) + (marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")");
    }
}
