package io.parley.testkit.chat;

/** What a binding of a chat contract implements. */
public interface Opener {
    /**
     * Opens what one test runs on.
     *
     * @return a new fixture
     */
    ChatFixture open();
}
