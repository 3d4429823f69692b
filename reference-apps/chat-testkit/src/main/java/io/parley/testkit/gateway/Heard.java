package io.parley.testkit.gateway;

/**
 * What a user of a protocol is told, whatever the protocol calls it. A {@link Speaker} makes these of bytes. What has no place
 * here is not noted. Immutable, for any thread.
 */
public sealed interface Heard {

    /**
     * The login is complete.
     *
     * @param name the name that counts
     */
    record LoggedIn(String name) implements Heard {}

    /**
     * The user has joined a room.
     *
     * @param room the room's name
     */
    record Joined(String room) implements Heard {}

    /** The user has left a room as it asked. A protocol may end a room without a word. */
    record Left() implements Heard {}

    /**
     * Somebody else said something in a room.
     *
     * @param room the room's name; empty where the protocol has one room at a time and does not say it
     * @param who the sender's name
     * @param text the text
     */
    record Said(String room, String who, String text) implements Heard {}

    /**
     * Somebody, maybe the user, said this before the user joined.
     *
     * @param who the sender's name
     * @param text the text
     */
    record SaidBefore(String who, String text) implements Heard {}

    /**
     * A message of the user itself was kept: the entry, or an acknowledgement in its place.
     *
     * @param text the text
     */
    record Own(String text) implements Heard {}

    /**
     * Somebody else wrote to the user directly.
     *
     * @param who the sender's name
     * @param text the text
     */
    record Wrote(String who, String text) implements Heard {}

    /**
     * Somebody else has joined the room.
     *
     * @param who the name
     */
    record Came(String who) implements Heard {}

    /**
     * Somebody else is no member of the room any more.
     *
     * @param who the name
     */
    record Went(String who) implements Heard {}

    /**
     * Somebody, maybe the user, has another name. May come once for each room.
     *
     * @param from the old name
     * @param to the new one
     */
    record Renamed(String from, String to) implements Heard {}

    /**
     * The topic of the room, when it is joined and whenever it changes.
     *
     * @param topic the topic
     */
    record Topic(String topic) implements Heard {}

    /**
     * The server's operator said something to everybody.
     *
     * @param text the text
     */
    record Announced(String text) implements Heard {}

    /** Entries are missing here. */
    record Missed() implements Heard {}

    /**
     * The user is no member of the room any more, and has not asked for that.
     *
     * @param code one of {@link io.parley.model.ErrorCode}, or 0 if the protocol does not say
     * @param text the same for a person
     */
    record Ended(int code, String text) implements Heard {}

    /**
     * A request, a message or the connection is refused.
     *
     * @param code one of {@link io.parley.model.ErrorCode}, or 0 if the protocol does not say
     * @param text the same for a person
     */
    record Refused(int code, String text) implements Heard {}

    /**
     * The server shuts down.
     *
     * @param text why
     */
    record GoingAway(String text) implements Heard {}
}
