package io.parley.model;

/** Which names users and rooms may have, and which of them are the same. Any thread may call it. */
public interface NamePolicy {

    /**
     * A name that was accepted.
     *
     * @param display as it is shown
     * @param key what makes it unique: two names with one key are the same name
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
     * The policy used where nothing else is asked for: NFKC, case folded, letters, digits and a few marks of
     * any script, at most 32 code points.
     *
     * @return the policy
     */
    static NamePolicy standard() {
        return StandardNames.INSTANCE;
    }
}
