package io.parley.apps.client;

import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.model.Action;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomItem;
import io.parley.model.RoomSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** How things are put. Any thread may call it. */
final class Phrase {
    /** The tag of what is done rather than said. */
    static final String ACTION = "action";

    static final String ANEW = "... the room has begun anew; what was said meanwhile may be lost ...";

    private static final int MOST_SHOWN = 80;
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter BEFORE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Phrase() {}

    static String said(Message message) {
        return isAction(message)
                ? "* " + message.sender() + " " + message.text()
                : message.sender() + ": " + message.text();
    }

    /** Whether it was done rather than said. */
    static boolean isAction(Message message) {
        return message.tags().get(ACTION) != null;
    }

    /** What was said, and when. */
    static String remembered(Message message) {
        LocalDateTime time =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(message.timeMillis()), ZoneId.systemDefault());
        boolean today = time.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()));
        return time.format(today ? TODAY : BEFORE) + " " + said(message);
    }

    /** As much of a text as tells which one it is. */
    static String begun(String text) {
        return text.length() <= MOST_SHOWN
                ? text
                : text.substring(
                                0,
                                text.offsetByCodePoints(0, Math.min(MOST_SHOWN, text.codePointCount(0, text.length()))))
                        + "…";
    }

    static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    static String present(ChatRoom room, Collection<Member> members) {
        String names = members.stream().map(Phrase::member).collect(Collectors.joining(", "));
        return room.memberCount() + " here" + (names.isEmpty() ? "" : ": " + names);
    }

    static String room(RoomItem room) {
        return room.name() + ", " + room.members() + " here" + (room.topic().isEmpty() ? "" : ": " + room.topic());
    }

    private static String member(Member member) {
        return member.role() == Role.MEMBER
                ? member.name()
                : member.name() + " (" + lower(member.role().name()) + ")";
    }

    static String lost(long count) {
        return count == 1 ? "... 1 message was lost ..." : "... " + count + " messages were lost ...";
    }

    static String moderated(String actor, Action action, String target, String reason) {
        String did = switch (action) {
            case KICK -> "kicked " + target;
            case BAN -> "banned " + target;
            case UNBAN -> "lifted the ban on " + target;
            case MUTE -> "muted " + target;
            case UNMUTE -> "gave the voice back to " + target;
            case INVITE -> "invited " + target;
            case UNINVITE -> "took back the invitation of " + target;
            case MAKE_MEMBER -> "made " + target + " a plain member";
            case MAKE_MODERATOR -> "made " + target + " a moderator";
            case MAKE_OWNER -> "made " + target + " an owner";
            case OTHER -> "did something to " + target + " that this program does not know";
        };
        return actor + " " + did + because(reason);
    }

    static String topic(TopicChange change) {
        return change.actor() + (change.topic().isEmpty() ? " removed the topic" : " set the topic: " + change.topic());
    }

    static String configured(SettingsChange change) {
        RoomSettings settings = change.settings();
        return change.actor() + " changed the settings: "
                + (settings.inviteOnly() ? "for the invited only" : "open to all")
                + (settings.memberLimit() > 0 ? ", at most " + settings.memberLimit() + " members" : "");
    }

    static String interrupted(String why, Duration pause) {
        return "the connection is lost: " + why + "; trying again in " + (pause.toMillis() + 999) / 1_000 + " s";
    }

    private static String lower(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}
