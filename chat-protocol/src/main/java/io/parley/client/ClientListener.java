package io.parley.client;

/** Told of what concerns the whole connection, on the client's callback executor. */
public interface ClientListener {

    /** Hears nothing. */
    ClientListener NONE = new ClientListener() {};

    /**
     * Somebody began, or went on with, a direct conversation; its first message follows.
     *
     * @param conversation the conversation; its name is the other's
     * @return who is told of what is said in it
     */
    default RoomListener onDirect(ChatRoom conversation) {
        return message -> {};
    }

    /**
     * The server's operator says something to everybody.
     *
     * @param sender the operator's name
     * @param text what it says
     */
    default void onNotice(String sender, String text) {}

    /**
     * The server has given this user another name: the one that it had belongs to an account.
     *
     * @param name the new name
     */
    default void onRenamed(String name) {}

    /**
     * The server is about to end. The client finishes what it has begun, closes the connection, and comes back by itself
     * unless that is switched off.
     *
     * @param reason why
     * @param reconnectAfterMillis when to come back
     */
    default void onGoingAway(String reason, long reconnectAfterMillis) {}

    /**
     * The client is connected again, has lost its connection, tries to make another, or has ended.
     *
     * @param state how it stands now
     */
    default void onState(ClientState state) {}

    /**
     * The client has ended. The last callback. A connection that is lost and made again is told to {@link #onState}.
     *
     * @param why the reason; of a client that closed by itself the code is {@link ChatException#NOT_CONNECTED}
     */
    default void onClosed(ChatException why) {}
}
