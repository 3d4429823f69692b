package io.parley.chat;

/** What server and client promise together, over any transport. A binding says how to open the fixture. */
public interface ChatContract
        extends LoginContract,
                AccountContract,
                ConversationContract,
                PresenceContract,
                ModerationContract,
                DirectContract,
                HistoryContract,
                OperatorContract,
                PolicyContract,
                ListenerContract,
                CallbackContract,
                EndContract {}
