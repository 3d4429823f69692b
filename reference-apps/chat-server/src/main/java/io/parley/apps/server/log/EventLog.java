package io.parley.apps.server.log;

import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.ServerBan;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the events of a server. The server calls it on one thread at a time, from a bounded queue. If the output blocks,
 * that thread waits, the queue drops events, and the rooms go on. What an operator does to the bans of the server is logged
 * by the thread of the operator.
 *
 * <p>Direct conversations are private: neither their messages nor their existence is logged.
 */
public final class EventLog implements ServerListener {
    private static final String ACTION = "action"; // the tag of clients for actions (/me)

    private final ServerLog log;
    private final boolean messages;

    public EventLog(ServerLog log, Logged logged) {
        this.log = log;
        this.messages = logged == Logged.MESSAGES;
    }

    // ---- connections

    @Override
    public void onConnect(SocketAddress from) {
        log.debug("connect").addKeyValue("from", from).log("{from}");
    }

    @Override
    public void onDisconnect(SocketAddress from, @Nullable User user, String why) {
        who(log.debug("disconnect").addKeyValue("from", from), user)
                .addKeyValue("reason", why)
                .log("{from}" + (user == null ? "" : " {user}") + (why.isEmpty() ? "" : ": {reason}"));
    }

    @Override
    public void onRefused(SocketAddress from, int code, String text) {
        log.warn("refused")
                .addKeyValue("from", from)
                .addKeyValue("code", code)
                .addKeyValue("error", ErrorCode.name(code))
                .addKeyValue("reason", text)
                .log("{from} {code} {error}: {reason}");
    }

    @Override
    public void onSlow(SocketAddress from, @Nullable User user) {
        who(log.warn("slow").addKeyValue("from", from), user)
                .log("{from}" + (user == null ? "" : " {user}") + " took nothing and was cut");
    }

    private static LoggingEventBuilder who(LoggingEventBuilder event, @Nullable User user) {
        return user == null ? event : event.addKeyValue("user", user.name());
    }

    // ---- users

    @Override
    public void onEnter(User user) {
        log.info("enter").addKeyValue("user", user.name()).log("{user}");
    }

    @Override
    public void onExit(User user) {
        log.info("exit").addKeyValue("user", user.name()).log("{user}");
    }

    @Override
    public void onRename(User user, String from, String to) {
        log.info("rename").addKeyValue("user", from).addKeyValue("to", to).log("{user} is {to}");
    }

    // ---- rooms

    @Override
    public void onJoin(Room room, User user) {
        if (room.kind() == RoomKind.ROOM) {
            in(room, log.info("join")).addKeyValue("user", user.name()).log("{room} {user}");
        }
    }

    @Override
    public void onLeave(Room room, User user) {
        if (room.kind() == RoomKind.ROOM) {
            in(room, log.info("leave")).addKeyValue("user", user.name()).log("{room} {user}");
        }
    }

    @Override
    public void onGap(User user, Room room, long from, long to) {
        if (room.kind() == RoomKind.ROOM) {
            in(room, log.warn("gap"))
                    .addKeyValue("user", user.name())
                    .addKeyValue("first", from)
                    .addKeyValue("last", to)
                    .log("{room} {user} missed {first} to {last}");
        }
    }

    @Override
    public boolean wantsEntry(Room room, Entry.Sequenced entry) {
        return room.kind() != RoomKind.DIRECT && (messages || !(entry instanceof Entry.Message));
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        if (!wantsEntry(room, entry)) {
            return;
        }
        if (entry instanceof Entry.Message message) {
            say(room, message);
        } else if (entry instanceof Entry.TopicChanged change) {
            in(room, log.info("topic"))
                    .addKeyValue("by", change.author().name())
                    .addKeyValue("topic", change.topic())
                    .log("{room} {by}: {topic}");
        } else if (entry instanceof Entry.Moderated act) {
            in(room, log.info("act"))
                    .addKeyValue("by", act.author().name())
                    .addKeyValue("action", act.action())
                    .addKeyValue("user", act.target().name())
                    .addKeyValue("seconds", act.durationMillis() / 1_000)
                    .addKeyValue("reason", act.text())
                    .log("{room} {by}: {action} {user}" + (act.text().isEmpty() ? "" : " ({reason})"));
        } else if (entry instanceof Entry.Configured change) {
            RoomSettings now = change.settings();
            in(room, log.info("set"))
                    .addKeyValue("by", change.author().name())
                    .addKeyValue("inviteOnly", now.inviteOnly())
                    .addKeyValue("hidden", now.hidden())
                    .addKeyValue("memberLimit", now.memberLimit())
                    .addKeyValue("presence", now.presence())
                    .log(
                            "{room} {by}: invite-only {inviteOnly}, hidden {hidden}, limit {memberLimit}, presence {presence}");
        }
    }

    private void say(Room room, Entry.Message message) {
        boolean action = message.tags().names().contains(ACTION);
        in(room, log.info("say"))
                .addKeyValue("from", message.author().name())
                .addKeyValue("done", action)
                .addKeyValue("text", message.body())
                .log(action ? "{room} * {from} {text}" : "{room} {from}: {text}");
    }

    // ---- bans of the server

    /** A ban of the server was imposed. Any thread may call it. */
    public void ban(ServerBan ban) {
        long millis = ban.untilMillis() == Long.MAX_VALUE ? 0 : ban.untilMillis() - ban.sinceMillis();
        subject(log.info("ban"), ban)
                .addKeyValue("seconds", millis / 1_000)
                .addKeyValue("by", ban.by())
                .addKeyValue("reason", ban.text())
                .log("{by}: {number} {kind} {subject}"
                        + (millis == 0 ? " until it is lifted" : " for {seconds} s")
                        + (ban.text().isEmpty() ? "" : " ({reason})"));
    }

    /**
     * A ban of the server was lifted. Any thread may call it.
     *
     * @param by the name of who lifted it
     */
    public void unban(ServerBan ban, String by) {
        subject(log.info("unban"), ban).addKeyValue("by", by).log("{by}: {number} {kind} {subject}");
    }

    private static LoggingEventBuilder subject(LoggingEventBuilder event, ServerBan ban) {
        return event.addKeyValue("number", ban.number())
                .addKeyValue("kind", ban.kind())
                .addKeyValue("subject", ban.subject());
    }

    private static LoggingEventBuilder in(Room room, LoggingEventBuilder event) {
        return event.addKeyValue("room", room.name());
    }
}
