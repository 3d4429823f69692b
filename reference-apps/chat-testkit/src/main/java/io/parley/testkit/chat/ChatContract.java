package io.parley.testkit.chat;

/**
 * What server and client promise together, over any transport. A binding is a test class that implements this interface and
 * opens a {@link ChatFixture}. The description of the package shows one. A binding may also implement only some of the parts.
 */
public interface ChatContract
        extends LoginContract,
                AccountContract,
                ConversationContract,
                PresenceContract,
                ModerationContract,
                RightsContract,
                DirectContract,
                HistoryContract,
                MembershipContract,
                SearchContract,
                OperatorContract,
                PolicyContract,
                ListenerContract,
                CallbackContract,
                EndContract,
                ResumeContract {}
