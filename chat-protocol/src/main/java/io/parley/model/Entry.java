package io.parley.model;

import java.util.List;

/** Something that happened in a room, in the order in which every member sees it. */
public sealed interface Entry {

    /** An entry with a number, gap-free per room, kept by the journal. */
    sealed interface Sequenced extends Entry {
        /**
         * The number in the room, from 1.
         *
         * @return the sequence number
         */
        long seq();

        /**
         * When it was ordered, for display.
         *
         * @return milliseconds since 1970
         */
        long timeMillis();
    }

    /** An entry without a number, for those who are here now. */
    sealed interface Passing extends Entry {}

    /**
     * Something said.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param origin the sending session's public number
     * @param cid the sender's own number for it
     * @param sender the sender's name at that time
     * @param body the text
     * @param tags what programs add
     */
    record Message(long seq, long timeMillis, long origin, long cid, String sender, String body, Tags tags)
            implements Sequenced {}

    /**
     * A new topic.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param actor who set it
     * @param topic the topic
     */
    record TopicChanged(long seq, long timeMillis, String actor, String topic) implements Sequenced {}

    /**
     * An act of moderation.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param actor who did it
     * @param action what was done
     * @param target the name of the one it was done to
     * @param subject the key under which the room's state holds it: an identity for roles, else a ban key
     * @param durationMillis for how long; 0 means for good
     * @param text why
     */
    record Moderated(
            long seq,
            long timeMillis,
            String actor,
            Action action,
            String target,
            String subject,
            long durationMillis,
            String text)
            implements Sequenced {}

    /**
     * New settings.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param actor who set them
     * @param settings the settings
     */
    record Configured(long seq, long timeMillis, String actor, RoomSettings settings) implements Sequenced {}

    /**
     * Who came and went since the last such entry. It sets membership rather than counting it.
     *
     * @param count how many members there are now
     * @param joined who is a member now and was not; empty where only the count is told
     * @param left who is no member any more
     */
    record Presence(int count, List<Member> joined, List<Departure> left) implements Passing {}

    /**
     * A member is writing.
     *
     * @param name the member
     */
    record Typing(String name) implements Passing {}

    /**
     * A member has a new name.
     *
     * @param from the old name
     * @param to the new one
     */
    record Renamed(String from, String to) implements Passing {}
}
