package io.parley.chat;

/** What each binding gives: a fresh fixture for each test. */
public interface Opener {
    ChatFixture open();
}
