package io.parley.apps.client.view;

import io.parley.apps.terminal.Durations;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.model.Entry;
import io.parley.model.LastMessage;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of each event, for people. Any thread may call it. */
public final class EventText {
    /** The tag of an action (/me). */
    public static final String ACTION = "action";

    public static final String RESTARTED = "... the room has begun anew; what was said meanwhile may be lost ...";

    private static final int MAX_EXCERPT = 80;
    private static final int MAX_NAMES_CHARS = 100; // one row or two of most terminals
    private static final Pattern TIME = Pattern.compile("[0-9] (second|minute|hour|day)");
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter BEFORE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private EventText() {}

    static String message(Message message) {
        return isAction(message)
                ? "* " + message.sender() + " " + message.text()
                : message.sender() + ": " + message.text();
    }

    /** Whether a message is an action (/me). */
    public static boolean isAction(Message message) {
        return isAction(message.tags());
    }

    /** Whether the tags are those of an action. */
    public static boolean isAction(Tags tags) {
        return tags.get(ACTION) != null;
    }

    /** A message of the past, with its time. */
    public static String past(Message message) {
        LocalDateTime time =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(message.timeMillis()), ZoneId.systemDefault());
        boolean today = time.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()));
        return time.format(today ? TODAY : BEFORE) + " " + message(message);
    }

    /** What is said below a page of messages that were found. */
    public static String found(int count, boolean more) {
        String what = count == 0 ? "nothing found" : count == 1 ? "1 message" : count + " messages";
        return "... " + what + (more ? "; there may be more: /search ..." : " ...");
    }

    /** The start of a text. */
    public static String excerpt(String text) {
        return text.length() <= MAX_EXCERPT
                ? text
                : text.substring(
                                0,
                                text.offsetByCodePoints(
                                        0, Math.min(MAX_EXCERPT, text.codePointCount(0, text.length()))))
                        + "…";
    }

    public static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    /** How many are in a room, and the names of the first of them. */
    public static String someMembers(ChatRoom room) {
        List<Member> members = room.members();
        StringBuilder names = new StringBuilder();
        int shown = 0;
        while (shown < members.size() && names.length() < MAX_NAMES_CHARS) {
            names.append(shown == 0 ? ": " : ", ").append(member(members.get(shown++)));
        }
        int more = members.size() - shown;
        return room.memberCount() + " here" + names + (more > 0 ? " and " + more + " more" : "");
    }

    /** How many are in a room, and the names of all that are known; of many, the number is in the last line, too. */
    public static List<String> allMembers(ChatRoom room, List<Member> members) {
        String names = members.stream().map(EventText::member).collect(Collectors.joining(", "));
        String first = room.memberCount() + " here" + (names.isEmpty() ? "" : ": " + names);
        if (names.length() <= MAX_NAMES_CHARS && members.size() >= room.memberCount()) {
            return List.of(first);
        }
        boolean all = members.size() >= room.memberCount();
        return List.of(first, room.memberCount() + " here" + (all ? "" : ", " + members.size() + " of them shown"));
    }

    /** Why a server refused something, and when it may succeed. */
    public static String refusal(ChatException why) {
        String text = String.valueOf(why.getMessage());
        boolean told = why.retryAfterMillis() == 0 || TIME.matcher(text).find();
        return told ? text : text + "; try again in " + Durations.remaining(Duration.ofMillis(why.retryAfterMillis()));
    }

    /** The rooms of an account, those with most to read first. */
    public static List<String> mine(List<MyRoom> rooms) {
        if (rooms.isEmpty()) {
            return List.of("you are a member of no room");
        }
        return rooms.stream()
                .sorted(Comparator.comparingLong(MyRoom::unread).reversed())
                .map(EventText::mine)
                .toList();
    }

    private static String mine(MyRoom room) {
        String name = room.kind() == RoomKind.DIRECT ? "with " + room.name() : room.name();
        if (room.unread() == 0) {
            return name + ": all read";
        }
        LastMessage last = room.last();
        return name + ": " + room.unread() + " unread"
                + (room.mentions() > 0 ? ", " + room.mentions() + " to you" : "")
                + (last == null
                        ? ""
                        : "; " + last.author().name() + ": " + last.text().replace('\n', ' '));
    }

    public static String room(RoomItem room) {
        return room.name() + ", " + room.members() + " here" + (room.topic().isEmpty() ? "" : ": " + room.topic());
    }

    /** A member, with a role that is not everybody's; of a guest, that it is one. */
    private static String member(Member member) {
        List<String> marks = new ArrayList<>(2);
        if (member.role() != Role.MEMBER) {
            marks.add(member.role().name().toLowerCase(Locale.ROOT));
        }
        if (member.user().isGuest()) {
            marks.add("guest");
        }
        return member.name() + (marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")");
    }

    public static String messagesLost(long count) {
        return count == 1 ? "... 1 message was lost ..." : "... " + count + " messages were lost ...";
    }

    public static String moderated(Entry.Moderated act) {
        String target = act.target().name();
        String did = switch (act.action()) {
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
        return act.author().name() + " " + did + lasting(act.durationMillis()) + because(act.text());
    }

    /** Restrictions, a line for each: its number, whom it binds, for how long, who imposed it, and why. */
    public static List<String> restrictions(List<RestrictionItem> restrictions) {
        return restrictions.isEmpty()
                ? List.of("nobody is banned or muted here")
                : restrictions.stream().map(EventText::restriction).toList();
    }

    private static String restriction(RestrictionItem item) {
        String done = switch (item.action()) {
            case BAN -> "banned";
            case MUTE -> "muted";
            default -> "restricted";
        };
        String lasting = item.remainingMillis() == 0 ? " until it is lifted" : lasting(item.remainingMillis());
        return item.number() + " " + item.user().name() + ": " + done + lasting + " by "
                + item.by().name() + because(item.text());
    }

    /** For how long something lasts; nothing for what lasts until it is lifted. */
    private static String lasting(long millis) {
        return millis == 0 ? "" : " for " + Durations.remaining(Duration.ofMillis(millis));
    }

    /** A user is ignored from now on, or not any more. */
    public static String ignoring(UserItem user, boolean on) {
        return on ? "you ignore " + user.name() + " now" : "you do not ignore " + user.name() + " any more";
    }

    /** Who is ignored. */
    public static String ignored(List<UserItem> users) {
        return users.isEmpty()
                ? "you ignore nobody"
                : "you ignore "
                        + users.stream()
                                .map(user -> user.name() + (user.isGuest() ? " (guest)" : ""))
                                .collect(Collectors.joining(", "));
    }

    public static String topic(Entry.TopicChanged change) {
        return change.author().name()
                + (change.topic().isEmpty() ? " removed the topic" : " set the topic: " + change.topic());
    }

    public static String configured(Entry.Configured change) {
        RoomSettings settings = change.settings();
        return change.author().name() + " changed the settings: "
                + (settings.inviteOnly() ? "for the invited only" : "open to all")
                + (settings.hidden() ? ", hidden from lists" : "")
                + (settings.memberLimit() > 0 ? ", at most " + settings.memberLimit() + " members" : "");
    }

    static String connectionLost(String why, Duration delay) {
        return "the connection is lost: " + why + "; trying again in " + (delay.toMillis() + 999) / 1_000 + " s";
    }
}
