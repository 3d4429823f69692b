package io.parley.apps.client.connection;

import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import io.parley.model.Verdict;

/** The exit codes of the program. Any thread may call it. */
public final class ExitCode {
    public static final int OK = 0;
    /** The server refused the name, the room or the user; with piped input also: it refused a line. */
    public static final int REFUSED = 3;
    /** No server answers, or it is no chat server that works. */
    public static final int UNREACHABLE = 4;
    /** The connection ended while it was in use. */
    public static final int LOST = 5;

    private ExitCode() {}

    /** The exit code for an error before the login was complete. */
    public static int atLogin(ChatException why) {
        return isRefusal(why) ? REFUSED : UNREACHABLE;
    }

    /** The exit code for a later error. */
    public static int afterLogin(ChatException why) {
        boolean isKnown = why.code() != ErrorCode.UNKNOWN_OUTCOME;
        return (isRefusal(why) && isKnown) || isTemporary(why) ? REFUSED : LOST;
    }

    private static boolean isRefusal(ChatException why) {
        return why.verdict() == Verdict.REFUSED || why.verdict() == Verdict.BANNED;
    }

    private static boolean isTemporary(ChatException why) {
        return why.verdict() == Verdict.RETRY && why.code() != ErrorCode.GOING_AWAY;
    }
}
