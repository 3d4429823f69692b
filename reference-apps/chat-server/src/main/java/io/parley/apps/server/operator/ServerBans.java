package io.parley.apps.server.operator;

import static io.parley.apps.server.operator.Words.after;
import static io.parley.apps.server.operator.Words.first;

import io.parley.apps.terminal.Durations;
import io.parley.model.ServerBan;
import io.parley.model.UserAddress;
import io.parley.server.ChatServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commands that keep somebody off the whole server. Each waits until it is done, and throws if it is refused. Any
 * thread may call it.
 */
final class ServerBans {
    private final ChatServer server;
    private final BanListener listener;

    ServerBans(ChatServer server, BanListener listener) {
        this.server = server;
        this.listener = listener;
    }

    /** The words for what a ban binds. */
    static List<String> kinds() {
        return Arrays.stream(ServerBan.Kind.values()).map(ServerBans::word).toList();
    }

    /** The kind of ban that a word stands for; null if it is none. */
    static ServerBan.@Nullable Kind kind(String word) {
        return Arrays.stream(ServerBan.Kind.values())
                .filter(kind -> word(kind).equalsIgnoreCase(word))
                .findFirst()
                .orElse(null);
    }

    private static String word(ServerBan.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Bans somebody.
     *
     * @param arguments whom, and perhaps for how long and why
     */
    void add(ServerBan.Kind kind, String arguments, Consumer<String> answers) {
        String subject = first(arguments);
        Term term = Term.of(after(1, arguments));
        if (kind == ServerBan.Kind.ADDRESS && UserAddress.address(subject) == null) {
            // Other policies may give other texts for addresses; that of this server does not.
            throw new IllegalArgumentException("an address looks like 203.0.113.7 or 2001:db8::7, not " + subject);
        }
        ServerBan ban = OperatorActions.await(
                server.hub().bans().add(kind, subject, term.duration(), operator(), term.reason()));
        listener.onBan(ban);
        answers.accept("banned the " + whom(ban) + " from the server" + term.text() + "; /unban " + ban.number()
                + " lifts it");
    }

    /** Lists the bans: number, whom, for how long, by whom, and why. */
    void list(Consumer<String> answers) {
        List<ServerBan> all = server.hub().bans().list();
        all.forEach(ban -> answers.accept(describe(ban)));
        if (all.isEmpty()) {
            answers.accept("nobody is banned from the server");
        }
    }

    private String describe(ServerBan ban) {
        long remaining = ban.remainingMillis(server.hub().steadyMillis());
        String lasting =
                remaining == 0 ? ", until it is lifted" : " for " + Durations.remaining(Duration.ofMillis(remaining));
        String why = ban.text().isEmpty() ? "" : ": " + ban.text();
        return ban.number() + ", " + whom(ban) + ", banned" + lasting + ", by " + ban.by() + why;
    }

    /** Lifts the ban of a number. */
    void lift(String number, Consumer<String> answers) {
        if (!Words.isNumber(number)) {
            throw new IllegalArgumentException(
                    "a ban of the server is lifted by its number, which /bans lists; in a room: /unban ROOM NAME");
        }
        ServerBan lifted = server.hub().bans().lift(Long.parseLong(number));
        if (lifted == null) {
            throw new IllegalArgumentException("the server has no ban " + number);
        }
        listener.onUnban(lifted, operator());
        answers.accept("lifted ban " + number + " of the " + whom(lifted));
    }

    private static String whom(ServerBan ban) {
        return word(ban.kind()) + " " + ban.subject();
    }

    private String operator() {
        return server.hub().operator().name();
    }
}
