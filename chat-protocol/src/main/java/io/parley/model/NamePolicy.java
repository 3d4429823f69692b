package io.parley.model;

/**
 * Which names users and rooms may have, and which of them are the same. Any thread may call it.
 *
 * <p>Each name has a key. Two names with one key are the same name: only one of them can be in use. A key is for comparing and
 * is not shown.
 *
 * <p>A policy answers quickly and does not block. It must give the same key for the same name as long as the server runs, and
 * accept the display form of each name that it has accepted, with the same key. A program that stores names stores the
 * display form, and computes keys anew: a later version of a policy may make other keys.
 */
public interface NamePolicy {

    /**
     * A name that was accepted.
     *
     * @param display as it is shown
     * @param key what makes it unique: two names with one key are the same name. It is compared with the keys of other names; the
     *     key of {@code alice} is not {@code alice}
     */
    record Name(String display, String key) {}

    /**
     * Checks a user's name.
     *
     * @param wanted what the user asks for
     * @return the name to use
     * @throws RoomException BAD_NAME, saying what is wrong
     */
    Name user(String wanted);

    /**
     * Checks a room's name.
     *
     * @param wanted what the user asks for
     * @return the name to use
     * @throws RoomException BAD_NAME, saying what is wrong
     */
    Name room(String wanted);

    /**
     * The policy used where nothing else is asked for. Its rule has version 1.
     *
     * <p>A name is normalized to NFKC. It has 1 to 32 code points, at least one of them a letter or digit:
     * <ul>
     *   <li>letters and digits of scripts that are in use, as far as Unicode 13 knows them: the same on each JDK from 17 on
     *   <li>the marks {@code - _ . [ ] { } | ^ ~}, and in a room's name {@code #} and {@code +}. A name does not begin or end
     *       with a vertical bar
     *   <li>combining marks on letters of their own script. A Latin, Greek or Cyrillic letter has at most one accent that is
     *       not part of a composed letter
     * </ul>
     *
     * <p>The letters between two marks are of one script. Japanese, Korean and Chinese mix theirs as usual, and Han, kana and
     * Hangul may stand beside Latin letters. A word in Cyrillic letters is a name,
     *       also beside a Latin word; a Latin word with one Cyrillic letter is not.
     *
     * <p>Two names are the same if they look alike:
     * <ul>
     *   <li>Case does not count.
     *   <li>Letters that look like a Latin letter are that letter: the Cyrillic U+0430 is {@code a}. So are {@code 0} and
     *       {@code o}; {@code 1}, {@code i}, {@code l} and {@code |}; {@code rn} and {@code m}; {@code vv} and {@code w}. The
     *       table is small. A policy with the complete data of UTS 39 can be built on this one.
     *   <li>Digits are the same in each script.
     *   <li>Accents count: {@code jose} and the same with an acute accent are two names. Dots, rings and lines that hardly show do not, nor do
     *       the points of Hebrew and Arabic.
     *   <li>Marks at the beginning and the end do not count. Marks between letters are all equal, and several count as
     *       one: {@code a_b} and {@code a.-b} are the same, {@code ab} is another.
     *   <li>In a room's name, {@code #} and {@code +} count except at the beginning: {@code c}, {@code c#} and {@code c++} are
     *       three rooms, {@code #lobby} and {@code lobby} are one.
     * </ul>
     *
     * @return the policy
     */
    static NamePolicy standard() {
        return StandardNames.INSTANCE;
    }

    /**
     * The key that the standard policy makes of a text, whether it can be a name or not. For policies that make other keys on top
     * of it, such as those of UTS 39: what they replace by is read as the standard policy reads it. {@code #} and {@code +} are
     * read as in a room's name.
     *
     * @param text any text
     * @return the key; empty if there is nothing to read
     */
    static String lookAlikeKey(String text) {
        return StandardNames.lookAlikeKey(text);
    }
}
