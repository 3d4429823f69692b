package io.parley.model;

import io.parley.model.RoomException.Reason;
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
            if (Character.isLetterOrDigit(point) && !isInvisible(point)) {
                visible = true;
            } else if (marks.indexOf(point) < 0 && !(visible && isCombining(point))) {
                throw bad(String.format("a name cannot have the character U+%04X there", point));
            }
        }
        if (!visible) {
            throw bad("a name has at least one letter or digit");
        }
        // Lower, upper, lower: folds what one step leaves apart, such as the final sigma and the sharp s.
        String folded =
                display.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String key = Normalizer.normalize(folded, Normalizer.Form.NFKC);
        return new Name(
                display, key.equals(display) ? display : key); // kept as long as its user is here: once if it can be
    }

    private static boolean isCombining(int point) {
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) && !isInvisible(point);
    }

    /** Letters and marks that Unicode says to show nothing for (Default_Ignorable_Code_Point). */
    private static boolean isInvisible(int point) {
        return point == 0x034F
                || point == 0x3164
                || point == 0xFFA0
                || isWithin(point, 0x115F, 0x1160)
                || isWithin(point, 0x17B4, 0x17B5)
                || isWithin(point, 0x180B, 0x180F)
                || isWithin(point, 0xFE00, 0xFE0F)
                || isWithin(point, 0xE0000, 0xE0FFF);
    }

    private static boolean isWithin(int point, int first, int last) {
        return first <= point && point <= last;
    }

    private static RoomException bad(String text) {
        return new RoomException(Reason.BAD_NAME, text);
    }
}
