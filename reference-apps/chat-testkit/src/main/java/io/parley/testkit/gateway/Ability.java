package io.parley.testkit.gateway;

/**
 * Something that not every protocol can do. A driver names those that its protocol lacks in {@link GatewayDriver#cannot()}.
 * Some have a contract of their own, to be bound only with the ability; the others change what a test expects.
 */
public enum Ability {
    /** A user can take another name, and sees when others do. Contract: {@link GatewayRenameContract}. */
    RENAME,

    /** A user can set the topic, and sees it. Contract: {@link GatewayTopicContract}. */
    TOPIC,

    /** A user can write to another one directly. Contract: {@link GatewayDirectContract}. */
    DIRECT,

    /** A user sees who comes to its room and who goes. Contract: {@link GatewayPresenceContract}. */
    PRESENCE,

    /** A user can be in several rooms, and each message says in which it was said. Contract: {@link GatewayRoomsContract}. */
    SEVERAL_ROOMS,

    /** An owner of a room can remove others from it. Contract: {@link GatewayModeratorContract}. */
    MODERATION,

    /**
     * A user can log in to an account with its password, make an account, and change the password. Contract: {@link
     * GatewayAccountContract}.
     */
    ACCOUNTS,

    /**
     * The server asks a silent client for a sign of life, and disconnects who gives none. Contract: {@link
     * GatewayPingContract}.
     */
    PING,

    /** Who joins a room is given at least the last five messages, told apart from those that follow. */
    BACKLOG,

    /** A user is told its own messages, at their place in the order. Without it they are left out. */
    OWN_ENTRIES,

    /** A reader is told where entries are missing because it was too slow. */
    GAPS,

    /** A refusal says its {@link io.parley.model.ErrorCode}, as a number or as a text of its own for each. */
    CODES,

    /** A user is told that the server shuts down. */
    GOING_AWAY,

    /** A message may have several lines. Without it each line may come as a message of its own, of the same sender. */
    SEVERAL_LINES
}
