package io.parley.wire;

/** What a server sends. Frames are immutable, for any thread. */
public sealed interface ServerFrame extends Frame
        permits Ack,
                BanPage,
                Bye,
                Challenge,
                Configured,
                Failed,
                Found,
                Gap,
                Goaway,
                HistoryPage,
                Joined,
                Left,
                MemberPage,
                MinePage,
                Message,
                Moderated,
                Named,
                Notice,
                Ok,
                Opened,
                Ping,
                Pong,
                Presence,
                ReadMarker,
                Refused,
                Rejected,
                Renamed,
                Resumed,
                RoomClosed,
                RoomPage,
                TopicChanged,
                TypingNotice,
                Unknown,
                Welcome {

    /**
     * Calls the one method of a handler that is for this frame.
     *
     * @param handler who is told, on this thread
     */
    void accept(Handler handler);

    /**
     * One method for each frame that a server sends. Called by whoever calls {@link #accept}.
     *
     * <p>None has a default: a frame that is new in the protocol is then seen by the compiler.
     */
    interface Handler {

        /**
         * Takes {@code CHALLENGE}.
         *
         * @param frame the frame
         */
        void onChallenge(Challenge frame);

        /**
         * Takes {@code WELCOME}.
         *
         * @param frame the frame
         */
        void onWelcome(Welcome frame);

        /**
         * Takes {@code REFUSED}.
         *
         * @param frame the frame
         */
        void onRefused(Refused frame);

        /**
         * Takes {@code RESUMED}.
         *
         * @param frame the frame
         */
        void onResumed(Resumed frame);

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
         * Takes {@code GOAWAY}.
         *
         * @param frame the frame
         */
        void onGoaway(Goaway frame);

        /**
         * Takes {@code OK}.
         *
         * @param frame the frame
         */
        void onOk(Ok frame);

        /**
         * Takes {@code FAILED}.
         *
         * @param frame the frame
         */
        void onFailed(Failed frame);

        /**
         * Takes {@code REJECTED}.
         *
         * @param frame the frame
         */
        void onRejected(Rejected frame);

        /**
         * Takes {@code JOINED}.
         *
         * @param frame the frame
         */
        void onJoined(Joined frame);

        /**
         * Takes {@code LEFT}.
         *
         * @param frame the frame
         */
        void onLeft(Left frame);

        /**
         * Takes {@code HISTORY_PAGE}.
         *
         * @param frame the frame
         */
        void onHistoryPage(HistoryPage frame);

        /**
         * Takes {@code MEMBER_PAGE}.
         *
         * @param frame the frame
         */
        void onMemberPage(MemberPage frame);

        /**
         * Takes {@code ROOM_PAGE}.
         *
         * @param frame the frame
         */
        void onRoomPage(RoomPage frame);

        /**
         * Takes {@code NAMED}.
         *
         * @param frame the frame
         */
        void onNamed(Named frame);

        /**
         * Takes {@code FOUND}.
         *
         * @param frame the frame
         */
        void onFound(Found frame);

        /**
         * Takes {@code BAN_PAGE}.
         *
         * @param frame the frame
         */
        void onBanPage(BanPage frame);

        /**
         * Takes {@code MINE_PAGE}.
         *
         * @param frame the frame
         */
        void onMinePage(MinePage frame);

        /**
         * Takes {@code MESSAGE}.
         *
         * @param frame the frame
         */
        void onMessage(Message frame);

        /**
         * Takes {@code TOPIC_CHANGED}.
         *
         * @param frame the frame
         */
        void onTopicChanged(TopicChanged frame);

        /**
         * Takes {@code MODERATED}.
         *
         * @param frame the frame
         */
        void onModerated(Moderated frame);

        /**
         * Takes {@code CONFIGURED}.
         *
         * @param frame the frame
         */
        void onConfigured(Configured frame);

        /**
         * Takes {@code RENAMED}.
         *
         * @param frame the frame
         */
        void onRenamed(Renamed frame);

        /**
         * Takes {@code ACK}.
         *
         * @param frame the frame
         */
        void onAck(Ack frame);

        /**
         * Takes {@code GAP}.
         *
         * @param frame the frame
         */
        void onGap(Gap frame);

        /**
         * Takes {@code ROOM_CLOSED}.
         *
         * @param frame the frame
         */
        void onRoomClosed(RoomClosed frame);

        /**
         * Takes {@code OPENED}.
         *
         * @param frame the frame
         */
        void onOpened(Opened frame);

        /**
         * Takes {@code NOTICE}.
         *
         * @param frame the frame
         */
        void onNotice(Notice frame);

        /**
         * Takes {@code PRESENCE}.
         *
         * @param frame the frame
         */
        void onPresence(Presence frame);

        /**
         * Takes {@code TYPING_NOTICE}.
         *
         * @param frame the frame
         */
        void onTypingNotice(TypingNotice frame);

        /**
         * Takes {@code READ_MARKER}.
         *
         * @param frame the frame
         */
        void onReadMarker(ReadMarker frame);

        /**
         * Takes a frame of an unknown type.
         *
         * @param frame the frame
         */
        void onUnknown(Unknown frame);
    }
}
