package io.parley.model;

import io.parley.codec.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

        /**
         * The session whose command it was.
         *
         * @return its public number
         */
        long origin();

        /**
         * The number of the command.
         *
         * @return the number within its origin
         */
        long cid();

        /**
         * Who did it.
         *
         * @return the user, under the name of that time
         */
        UserItem author();
    }

    /** An entry without a number, for those who are here now. */
    sealed interface Passing extends Entry {}

    /**
     * Something said.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param origin the session's public number
     * @param cid the number of the command within its origin
     * @param author who said it
     * @param body the text
     * @param tags what programs add
     */
    record Message(long seq, long timeMillis, long origin, long cid, UserItem author, String body, Tags tags)
            implements Sequenced {}

    /**
     * A new topic.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param origin the session's public number
     * @param cid the number of the command within its origin
     * @param author who set it
     * @param topic the topic
     */
    record TopicChanged(long seq, long timeMillis, long origin, long cid, UserItem author, String topic)
            implements Sequenced {}

    /**
     * An act of moderation.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param origin the session's public number
     * @param cid the number of the command within its origin
     * @param author who did it
     * @param action what was done
     * @param target to whom
     * @param restriction the number of the restriction that ends with it; 0 if none does
     * @param durationMillis for how long; 0 means for good
     * @param text why
     * @param imposed the restriction as the room's state holds it; null for other acts than BAN and MUTE, and where a member
     *     sees the entry
     */
    record Moderated(
            long seq,
            long timeMillis,
            long origin,
            long cid,
            UserItem author,
            Action action,
            UserItem target,
            long restriction,
            long durationMillis,
            String text,
            @Nullable Restriction imposed)
            implements Sequenced {

        /**
         * The entry as members see it.
         *
         * @return the same without {@link #imposed}
         */
        public Moderated shown() {
            return imposed == null
                    ? this
                    : new Moderated(
                            seq,
                            timeMillis,
                            origin,
                            cid,
                            author,
                            action,
                            target,
                            restriction,
                            durationMillis,
                            text,
                            null);
        }
    }

    /**
     * New settings.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param origin the session's public number
     * @param cid the number of the command within its origin
     * @param author who set them
     * @param settings the settings
     */
    record Configured(long seq, long timeMillis, long origin, long cid, UserItem author, RoomSettings settings)
            implements Sequenced {}

    /**
     * An entry of a type that this version does not know. It keeps its place and its bytes.
     *
     * @param seq the number in the room
     * @param timeMillis when it was ordered
     * @param origin the session's public number
     * @param cid the number of the command within its origin
     * @param author who did it
     * @param type the number of the type
     * @param content what follows in its encoded form
     */
    record Other(long seq, long timeMillis, long origin, long cid, UserItem author, int type, Bytes content)
            implements Sequenced {}

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
     * @param user the member
     */
    record Typing(UserItem user) implements Passing {}

    /**
     * A member has a new name.
     *
     * @param from the old name
     * @param user the member, with the new one
     */
    record Renamed(String from, UserItem user) implements Passing {}
}
