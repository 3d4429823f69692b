package io.parley.apps.server.operator;

import io.parley.model.Member;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ChatServer;
import io.parley.server.ServerStats;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The commands that report something: users, rooms, statistics and help. Any thread may call it. */
final class OperatorReports {
    private static final int PAGE = 500;

    private final ChatServer server;

    OperatorReports(ChatServer server) {
        this.server = server;
    }

    void rooms(Consumer<String> answers) {
        server.hub().rooms().forEach(room -> answers.accept(describe(room)));
    }

    private static String describe(Room room) {
        String topic = room.topic().isEmpty() ? "" : ": " + room.topic();
        return room.name() + ", " + room.memberCount() + " here" + topic;
    }

    /** Lists the members of a room, or all users if no room is given. */
    void who(String room, Consumer<String> answers) {
        if (room.isEmpty()) {
            users(answers);
            return;
        }
        Room found = server.hub().findRoom(room);
        if (found == null) {
            throw new IllegalArgumentException("there is no room " + room);
        }
        String after = "";
        List<Member> page = found.members(after, PAGE);
        while (!page.isEmpty()) {
            for (Member member : page) {
                String role = member.role().name().toLowerCase(Locale.ROOT);
                answers.accept(member.name() + ", " + role + (member.user().isGuest() ? ", a guest" : ""));
                after = member.name();
            }
            page = found.members(after, PAGE);
        }
    }

    private void users(Consumer<String> answers) {
        for (User user : server.hub().users()) {
            String mark = user.isGuest() ? ", a guest" : user.isOperator() ? ", an operator" : "";
            answers.accept(user.name() + mark + ", from "
                    + server.addressesOf(user).stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    void stats(Consumer<String> answers) {
        ServerStats stats = server.stats();
        answers.accept(counted(stats.connections(), "connection") + ", " + counted(stats.users(), "user") + ", "
                + counted(stats.rooms(), "room") + ", " + counted(stats.messages(), "message") + ", "
                + counted(stats.bytesIn(), "byte") + " in, " + counted(stats.bytesOut(), "byte") + " out, "
                + stats.refused() + " refused, " + counted(stats.gaps(), "gap") + ", " + stats.slow()
                + " cut as too slow");
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * Describes one command, or lists all if none is given.
     *
     * @param speaking how to say something to all users
     */
    static void help(String about, String speaking, Consumer<String> answers) {
        if (!about.isEmpty()) {
            OperatorVerb verb = OperatorVerb.find(about.startsWith("/") ? about : "/" + about);
            if (verb == null) {
                throw new IllegalArgumentException("there is no command " + about + "; /help lists them");
            }
            answers.accept(verb.usage() + ": " + verb.description());
            return;
        }
        for (OperatorVerb verb : OperatorVerb.values()) {
            answers.accept(String.format("%-45s %s", verb.usage(), verb.description()));
        }
        answers.accept(speaking);
    }
}
