package io.parley.room;

import io.parley.room.RoomException.Reason;
import java.text.Normalizer;
import java.util.Locale;

/** The standard name policy; see {@link NamePolicy#standard()}. */
final class StandardNames implements NamePolicy {
    static final StandardNames INSTANCE = new StandardNames();

    private static final int MAX_CODE_POINTS = 32;
    // NFKC can make one character eighteen: look at the length before it, too.
    private static final int MAX_RAW_CHARS = 4 * MAX_CODE_POINTS;
    private static final String USER_MARKS = "-_.[]{}|^~";
    private static final String ROOM_MARKS = USER_MARKS + "#+";

    private StandardNames() {}

    @Override
    public Name user(String wanted) {
        return check(wanted, USER_MARKS);
    }

    @Override
    public Name room(String wanted) {
        return check(wanted, ROOM_MARKS);
    }

    private static Name check(String wanted, String marks) {
        if (wanted.length() > MAX_RAW_CHARS) {
            throw bad("a name has at most " + MAX_CODE_POINTS + " characters");
        }
        String display = Normalizer.normalize(wanted, Normalizer.Form.NFKC);
        int length = display.codePointCount(0, display.length());
        if (length == 0) {
            throw bad("a name has at least one character");
        }
        if (length > MAX_CODE_POINTS) {
            throw bad("a name has at most " + MAX_CODE_POINTS + " characters");
        }
        boolean visible = false;
        for (int at = 0; at < display.length(); ) {
            int point = display.codePointAt(at);
            at += Character.charCount(point);
            if (Character.isLetterOrDigit(point)) {
                visible = true;
            } else if (marks.indexOf(point) < 0 && !(visible && isCombining(point))) {
                throw bad(String.format("a name cannot have the character U+%04X there", point));
            }
        }
        if (!visible) {
            throw bad("a name has at least one letter or digit");
        }
        // Upper then lower: folds what lower alone leaves apart, such as final sigma.
        String folded = display.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return new Name(display, Normalizer.normalize(folded, Normalizer.Form.NFKC));
    }

    private static boolean isCombining(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static RoomException bad(String text) {
        return new RoomException(Reason.BAD_NAME, text);
    }
}
