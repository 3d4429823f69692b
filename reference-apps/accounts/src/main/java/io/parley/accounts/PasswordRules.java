package io.parley.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Which passwords an account may have, and which are the same. No state, for any thread. */
final class PasswordRules {
    /** More is refused before anything is computed. */
    static final int MAX_BYTES = 256;

    private static final int MIN_CHARACTERS = 8;
    private static final Set<String> TRIVIAL = Set.of(
            "password",
            "passw0rd",
            "password1",
            "password123",
            "passwort",
            "passwort1",
            "changeme",
            "changeit",
            "letmein1",
            "welcome1",
            "welcome123",
            "iloveyou",
            "princess",
            "sunshine",
            "football",
            "baseball",
            "superman",
            "trustno1",
            "starwars",
            "whatever",
            "computer",
            "internet",
            "michelle",
            "jennifer",
            "qwertyui",
            "qwertyuiop",
            "qwerty123",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "q1w2e3r4",
            "1qaz2wsx",
            "zaq12wsx",
            "asdfghjk",
            "asdfghjkl",
            "zxcvbnm1",
            "12341234",
            "11223344",
            "87654321",
            "123456789",
            "1234567890",
            "abcd1234",
            "abc12345",
            "test1234",
            "testtest",
            "admin123",
            "administrator",
            "p@ssw0rd",
            "p@ssword",
            "secret123",
            "chatchat",
            "monkey123",
            "dragon123");

    private PasswordRules() {}

    /**
     * The form in which passwords are compared: OpaqueString of RFC 8265. Spaces of all kinds are one kind, and letters are composed
     * (NFC).
     */
    static String normalise(String given) {
        StringBuilder spaced = new StringBuilder(given.length());
        given.codePoints()
                .map(point -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point)
                .forEach(spaced::appendCodePoint);
        return Normalizer.normalize(spaced, Normalizer.Form.NFC);
    }

    /** Whether a password is too long for anybody to have it. */
    static boolean isTooLong(String given) {
        return given.length() > MAX_BYTES || given.getBytes(UTF_8).length > MAX_BYTES;
    }

    /**
     * Refuses a password that no account can have.
     *
     * @param name the name of the account
     * @throws RoomException BAD_REQUEST, saying what is wrong
     */
    static void check(NamePolicy.Name name, String given) {
        if (isTooLong(given)) {
            throw refused("has at most " + MAX_BYTES + " bytes");
        }
        String password = normalise(given);
        if (password.codePointCount(0, password.length()) < MIN_CHARACTERS) {
            throw refused("has at least " + MIN_CHARACTERS + " characters");
        }
        if (!password.codePoints().allMatch(PasswordRules::isAllowed)) {
            throw refused("has no control characters, and no characters that Unicode does not assign");
        }
        String low = password.toLowerCase(Locale.ROOT);
        if (low.equals(name.display().toLowerCase(Locale.ROOT))
                || NamePolicy.lookAlikeKey(password).equals(NamePolicy.lookAlikeKey(name.display()))) {
            throw refused("is not the name");
        }
        if (TRIVIAL.contains(low) || isRun(low, 0) || isRun(low, 1) || isRun(low, -1)) {
            throw refused("is not one of those that everybody tries first");
        }
    }

    private static RoomException refused(String rule) {
        return new RoomException(Reason.BAD_REQUEST, "a password " + rule);
    }

    private static boolean isAllowed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    /** Whether each character is the one before and a step further: aaaaaaaa, 12345678 or 87654321. */
    private static boolean isRun(String text, int step) {
        int[] points = text.codePoints().toArray();
        for (int i = 1; i < points.length; i++) {
            if (points[i] != points[i - 1] + step) {
                return false;
            }
        }
        return true;
    }
}
