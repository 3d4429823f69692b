package io.parley.apps.client;

import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import io.parley.model.Verdict;

/** What the program's exit codes mean. Constants and lookups, for any thread. */
final class ExitCode {
    static final int OK = 0;
    /** The name, the room or this user is refused; with piped input also: a line was. */
    static final int REFUSED = 3;
    /** Nobody answers, or what answers is no chat server that works. */
    static final int UNREACHABLE = 4;
    /** The connection ended while it was in use. */
    static final int LOST = 5;

    private ExitCode() {}

    /** For what went wrong before the login was complete. */
    static int atLogin(ChatException why) {
        return isRefusal(why) ? REFUSED : UNREACHABLE;
    }

    /** For what went wrong afterwards. */
    static int afterLogin(ChatException why) {
        boolean isKnown = why.code() != ErrorCode.UNKNOWN_OUTCOME;
        return (isRefusal(why) && isKnown) || isOfTheMoment(why) ? REFUSED : LOST;
    }

    private static boolean isRefusal(ChatException why) {
        return why.verdict() == Verdict.REFUSED || why.verdict() == Verdict.BANNED;
    }

    private static boolean isOfTheMoment(ChatException why) {
        return why.verdict() == Verdict.RETRY && why.code() != ErrorCode.GOING_AWAY;
    }
}
