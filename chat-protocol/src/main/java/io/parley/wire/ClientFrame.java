package io.parley.wire;

/** What a client sends. Frames are immutable, for any thread. */
public sealed interface ClientFrame extends Frame
        permits AllowDirect,
                Bans,
                Bye,
                Configure,
                Continue,
                Direct,
                Find,
                Hello,
                History,
                Ignore,
                Join,
                Leave,
                Members,
                Mine,
                Moderate,
                Nick,
                Password,
                Ping,
                Pong,
                Read,
                Response,
                Rooms,
                Say,
                Search,
                SetTopic,
                Typing,
                Unknown {

    /**
     * Calls the one method of a handler that is for this frame.
     *
     * @param handler who is told, on this thread
     */
    void accept(Handler handler);

    /**
     * One method for each frame that a client sends. Called by whoever calls {@link #accept}.
     *
     * <p>None has a default: a frame that is new in the protocol is then seen by the compiler.
     */
    interface Handler {

        /**
         * Takes {@code HELLO}.
         *
         * @param frame the frame
         */
        void onHello(Hello frame);

        /**
         * Takes {@code RESPONSE}.
         *
         * @param frame the frame
         */
        void onResponse(Response frame);

        /**
         * Takes {@code PING}.
         *
         * @param frame the frame
         */
        void onPing(Ping frame);

        /**
         * Takes {@code PONG}.
         *
         * @param frame the frame
         */
        void onPong(Pong frame);

        /**
         * Takes {@code BYE}.
         *
         * @param frame the frame
         */
        void onBye(Bye frame);

        /**
         * Takes {@code JOIN}.
         *
         * @param frame the frame
         */
        void onJoin(Join frame);

        /**
         * Takes {@code LEAVE}.
         *
         * @param frame the frame
         */
        void onLeave(Leave frame);

        /**
         * Takes {@code CONTINUE}.
         *
         * @param frame the frame
         */
        void onContinue(Continue frame);

        /**
         * Takes {@code HISTORY}.
         *
         * @param frame the frame
         */
        void onHistory(History frame);

        /**
         * Takes {@code SEARCH}.
         *
         * @param frame the frame
         */
        void onSearch(Search frame);

        /**
         * Takes {@code SET_TOPIC}.
         *
         * @param frame the frame
         */
        void onSetTopic(SetTopic frame);

        /**
         * Takes {@code MEMBERS}.
         *
         * @param frame the frame
         */
        void onMembers(Members frame);

        /**
         * Takes {@code ROOMS}.
         *
         * @param frame the frame
         */
        void onRooms(Rooms frame);

        /**
         * Takes {@code MODERATE}.
         *
         * @param frame the frame
         */
        void onModerate(Moderate frame);

        /**
         * Takes {@code CONFIGURE}.
         *
         * @param frame the frame
         */
        void onConfigure(Configure frame);

        /**
         * Takes {@code DIRECT}.
         *
         * @param frame the frame
         */
        void onDirect(Direct frame);

        /**
         * Takes {@code NICK}.
         *
         * @param frame the frame
         */
        void onNick(Nick frame);

        /**
         * Takes {@code FIND}.
         *
         * @param frame the frame
         */
        void onFind(Find frame);

        /**
         * Takes {@code BANS}.
         *
         * @param frame the frame
         */
        void onBans(Bans frame);

        /**
         * Takes {@code READ}.
         *
         * @param frame the frame
         */
        void onRead(Read frame);

        /**
         * Takes {@code MINE}.
         *
         * @param frame the frame
         */
        void onMine(Mine frame);

        /**
         * Takes {@code IGNORE}.
         *
         * @param frame the frame
         */
        void onIgnore(Ignore frame);

        /**
         * Takes {@code ALLOW_DIRECT}.
         *
         * @param frame the frame
         */
        void onAllowDirect(AllowDirect frame);

        /**
         * Takes {@code PASSWORD}.
         *
         * @param frame the frame
         */
        void onPassword(Password frame);

        /**
         * Takes {@code SAY}.
         *
         * @param frame the frame
         */
        void onSay(Say frame);

        /**
         * Takes {@code TYPING}.
         *
         * @param frame the frame
         */
        void onTyping(Typing frame);

        /**
         * Takes a frame of an unknown type.
         *
         * @param frame the frame
         */
        void onUnknown(Unknown frame);
    }
}
