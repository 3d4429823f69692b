package io.parley.gateway.line;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes to lines: it removes telnet commands, and ends lines at LF, CR LF, CR NUL and CR. It goes on at any byte. One thread.
 *
 * <pre>
 *   TEXT --IAC--&gt; COMMAND --WILL, WONT, DO, DONT--&gt; OPTION --any--&gt; TEXT
 *                 COMMAND --SB--&gt; SUBNEGOTIATION --IAC--&gt; SUBCOMMAND --SE--&gt; TEXT
 *                                                         SUBCOMMAND --other--&gt; SUBNEGOTIATION
 *                 COMMAND --other--&gt; TEXT (IAC: the byte 0xFF, which no UTF-8 has)
 * </pre>
 */
final class LineDecoder {
    private static final int IAC = 0xFF;
    private static final int DONT = 0xFE;
    private static final int WILL = 0xFB;
    private static final int SB = 0xFA;
    private static final int SE = 0xF0;

    private static final byte[] NOTHING = {};
    private static final int KEPT = 256; // bytes of memory that a connection keeps between lines

    /** What was found. */
    enum Found {
        /** No line end yet. */
        NOTHING,
        /** A line, to be {@linkplain #take taken}. */
        LINE,
        /** A line that is longer than it may be. The rest of it will be left out. */
        TOO_LONG
    }

    private enum State {
        TEXT,
        COMMAND,
        OPTION,
        SUBNEGOTIATION,
        SUBCOMMAND
    }

    private final int maxBytes;
    private State state = State.TEXT;
    private byte[] line = NOTHING;
    private int length;
    private boolean dropping; // the rest of a line that is too long
    private boolean afterReturn; // a line feed or NUL belongs to the end of the line before

    LineDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reads up to the next line end, or all there is. */
    Found next(ByteBuffer in) {
        while (in.hasRemaining()) {
            Found found = read(in.get() & 0xFF);
            if (found != Found.NOTHING) {
                return found;
            }
        }
        return Found.NOTHING;
    }

    private Found read(int next) {
        switch (state) {
            case TEXT -> {
                if (next != IAC) {
                    return text(next);
                }
                state = State.COMMAND;
            }
            case COMMAND -> {
                state = next == SB ? State.SUBNEGOTIATION : next >= WILL && next <= DONT ? State.OPTION : State.TEXT;
                if (next == IAC) {
                    return text(IAC);
                }
            }
            case OPTION -> state = State.TEXT;
            case SUBNEGOTIATION -> state = next == IAC ? State.SUBCOMMAND : state;
            case SUBCOMMAND -> state = next == SE ? State.TEXT : State.SUBNEGOTIATION;
        }
        return Found.NOTHING;
    }

    private Found text(int next) {
        boolean second = afterReturn && (next == '\n' || next == 0);
        afterReturn = next == '\r';
        if (second) {
            return Found.NOTHING;
        }
        if (next == '\n' || next == '\r') {
            boolean dropped = dropping;
            dropping = false;
            return dropped ? Found.NOTHING : Found.LINE;
        }
        if (dropping) {
            return Found.NOTHING;
        }
        if (length == maxBytes) {
            dropping = true;
            take();
            return Found.TOO_LONG;
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(maxBytes, Math.max(KEPT / 4, 2 * length)));
        }
        line[length++] = (byte) next;
        return Found.NOTHING;
    }

    /** What is there of the line. It is forgotten. Bytes that are no UTF-8 become U+FFFD. */
    String take() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        if (line.length > KEPT) {
            line = NOTHING;
        }
        return text;
    }

    /** Whether a line has begun. */
    boolean isMidLine() {
        return length > 0;
    }

    /** Whether the last character is not complete, or a telnet command. */
    boolean isMidCharacter() {
        if (state != State.TEXT) {
            return true;
        }
        int lead = length - 1;
        while (lead > 0 && length - lead < 4 && (line[lead] & 0xC0) == 0x80) {
            lead--;
        }
        int first = lead < 0 ? 0 : line[lead] & 0xFF;
        int expected = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        return length - lead < expected;
    }
}
