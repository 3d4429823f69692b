package io.parley.model;

import java.util.Map;

/** Users and what they do, for tests: as short as a test can be read with. No state, for any thread. */
public final class People {
    /** A guest. */
    public static final UserItem ANN = guest(0xA1, "ann");

    /** Another guest. */
    public static final UserItem BOB = guest(0xB2, "bob");

    /** An account. */
    public static final UserItem EVE = account(0xE5, "eve");

    private People() {}

    /**
     * A guest.
     *
     * @param id the public id
     * @param name the name
     * @return the user
     */
    public static UserItem guest(long id, String name) {
        return new UserItem(id, UserKind.GUEST, name);
    }

    /**
     * An account.
     *
     * @param id the public id
     * @param name the name
     * @return the user
     */
    public static UserItem account(long id, String name) {
        return new UserItem(id, UserKind.ACCOUNT, name);
    }

    /**
     * The server's operator.
     *
     * @param id the public id
     * @param name the name
     * @return the user
     */
    public static UserItem operator(long id, String name) {
        return new UserItem(id, UserKind.OPERATOR, name);
    }

    /**
     * A member without a role above the lowest.
     *
     * @param user who it is
     * @return the member
     */
    public static Member member(UserItem user) {
        return new Member(user, Role.MEMBER);
    }

    /**
     * A user as a policy sees it.
     *
     * @param user who it is; an account's id is {@code account:} and its name
     * @return the user, without attributes
     */
    public static UserRef ref(UserItem user) {
        String account = user.isGuest() ? "" : "account:" + user.name();
        return new UserRef(user.id(), account, user.name(), user.name(), Map.of());
    }

    /**
     * Something said, at the time 0 and by no command.
     *
     * @param seq its number
     * @param author who said it
     * @param body the text
     * @return the entry
     */
    public static Entry.Message said(long seq, UserItem author, String body) {
        return new Entry.Message(seq, 0, 0, 0, author, body, Tags.NONE);
    }

    /**
     * A topic set, at the time 0 and by no command.
     *
     * @param seq its number
     * @param author who set it
     * @param topic the topic
     * @return the entry
     */
    public static Entry.TopicChanged topic(long seq, UserItem author, String topic) {
        return new Entry.TopicChanged(seq, 0, 0, 0, author, topic);
    }

    /**
     * Settings changed, at the time 0 and by no command.
     *
     * @param seq its number
     * @param author who changed them
     * @param settings the settings
     * @return the entry
     */
    public static Entry.Configured configured(long seq, UserItem author, RoomSettings settings) {
        return new Entry.Configured(seq, 0, 0, 0, author, settings);
    }
}
