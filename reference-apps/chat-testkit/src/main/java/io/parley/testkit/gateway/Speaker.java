package io.parley.testkit.gateway;

import java.nio.ByteBuffer;

/**
 * One connection's user, as a client of the protocol: it turns what the user wants into bytes, and bytes into what the user
 * hears. It writes and reads nothing by itself and keeps no time. The contract calls it under a lock, one call at a time.
 *
 * <p>A request goes to the room joined last. The contract waits for {@link Heard.LoggedIn} before it joins, and for {@link
 * Heard.Joined} before it speaks, so that a speaker knows by then what the server answered. It gives several messages at a
 * time without waiting. Texts that it gives are one line of at most 350 bytes in UTF-8, and do not begin with a sign that a
 * protocol may take for a command.
 *
 * <p>A method of an {@link Ability} that the protocol does not have is never called, and need not be implemented.
 */
public interface Speaker {

    /**
     * Everything that a guest sends to log in, from the first byte of the connection.
     *
     * @param name the name; maybe one that is not allowed, but without spaces and line ends
     * @return the bytes
     */
    byte[] login(String name);

    /**
     * A request to join a room.
     *
     * @param room the room's name
     * @return the bytes
     */
    byte[] join(String room);

    /**
     * A message in the room.
     *
     * @param text the text
     * @return the bytes
     */
    byte[] say(String text);

    /**
     * A request to leave the room.
     *
     * @return the bytes
     */
    byte[] leave();

    /**
     * A goodbye: the client wants the connection to end in order.
     *
     * @return the bytes
     */
    byte[] goodbye();

    /**
     * A request that the server answers at once and changes nothing, with an answer that is longer than the request. The
     * list of rooms does; so does anything that is refused.
     *
     * @return the bytes
     */
    byte[] ask();

    /**
     * Bytes for which the server must end a connection on which nobody is logged in yet: another protocol, or none.
     *
     * @return the bytes
     */
    byte[] garbage();

    /**
     * The beginning of a request: more bytes must follow before it means anything.
     *
     * @return the bytes, at least one
     */
    byte[] half();

    /**
     * The beginning of a request that is longer than the server takes. The contract sends more bytes behind it, all of them
     * the letter {@code x}, without an end.
     *
     * @param bytes the length that the request has at least
     * @return the bytes with which such a request begins; may be few
     */
    byte[] oversized(int bytes);

    /**
     * A message to another user. ({@link Ability#DIRECT})
     *
     * @param name the other's name
     * @param text the text
     * @return the bytes; further ones may be given to {@link Hearing#reply}
     */
    default byte[] direct(String name, String text) {
        throw new UnsupportedOperationException("direct messages");
    }

    /**
     * A request for another name. ({@link Ability#RENAME})
     *
     * @param name the new name
     * @return the bytes
     */
    default byte[] rename(String name) {
        throw new UnsupportedOperationException("renames");
    }

    /**
     * A request for another topic of the room. ({@link Ability#TOPIC})
     *
     * @param topic the topic
     * @return the bytes
     */
    default byte[] topic(String topic) {
        throw new UnsupportedOperationException("topics");
    }

    /**
     * A request to remove a member from the room. ({@link Ability#MODERATION})
     *
     * @param name the member's name
     * @return the bytes
     */
    default byte[] kick(String name) {
        throw new UnsupportedOperationException("moderation");
    }

    /**
     * Everything that an account sends to log in, from the first byte of the connection. ({@link Ability#ACCOUNTS})
     *
     * @param name the name of the account
     * @param password the password, without spaces
     * @return the bytes
     */
    default byte[] login(String name, String password) {
        throw new UnsupportedOperationException("accounts");
    }

    /**
     * Everything that is sent to make an account and to log in to it, from the first byte of the connection. ({@link
     * Ability#ACCOUNTS})
     *
     * @param name the name that the account is to have
     * @param password the password that it is to have, without spaces
     * @param code the invitation code, without spaces; empty for none
     * @return the bytes
     */
    default byte[] register(String name, String password, String code) {
        throw new UnsupportedOperationException("accounts");
    }

    /**
     * A request for another password of the user's account. ({@link Ability#ACCOUNTS})
     *
     * @param old the present password, without spaces
     * @param next the new one, without spaces
     * @return the bytes
     */
    default byte[] password(String old, String next) {
        throw new UnsupportedOperationException("accounts");
    }

    /**
     * A message in one of the rooms that were joined. ({@link Ability#SEVERAL_ROOMS})
     *
     * @param room the room's name
     * @param text the text
     * @return the bytes
     */
    default byte[] sayIn(String room, String text) {
        throw new UnsupportedOperationException("several rooms");
    }

    /**
     * Reads what the server has sent. Pieces come as the network splits them: keep what is half.
     *
     * @param bytes the bytes; all of them are to be consumed
     * @param hearing where to put what they mean, in order
     */
    void hear(ByteBuffer bytes, Hearing hearing);

    /** Where a speaker puts what it reads. To be called inside {@link #hear} only. */
    interface Hearing {

        /**
         * Notes what the user is told.
         *
         * @param what what it is told
         */
        void heard(Heard what);

        /**
         * Sends bytes at once: what the protocol wants before it can go on, such as the second step of a request.
         *
         * @param bytes what to send
         */
        void reply(byte[] bytes);

        /**
         * Notes that the server has asked for a sign of life.
         *
         * @param answer the bytes that answer it; the test decides whether they are sent
         */
        void pinged(byte[] answer);
    }
}
