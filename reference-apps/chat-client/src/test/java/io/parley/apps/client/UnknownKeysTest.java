package io.parley.apps.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sequences of the terminal that are no key of the client. */
@Timeout(300)
class UnknownKeysTest {
    @Test
    void theyAreNeverTyped() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)").types("one");
            alice.types(
                    "\u001B[99~\u001B[1;9Z\u001B[[A\u001BO5P\u001B[<35;10;20M\u001B[27;5;13~\u001BP>|tmux 3.4\u001B\\");
            alice.types("\u001B]11;rgb:1e1e/1e1e/1e1e\u0007\u001B]52;c;eA==\u001B\\\u001Bj\u001B[24;80R");
            alice.types(" two").sees("> one two").types("\r").sees("alice: one two");
            alice.types("\u001B[A").sees("> one two"); // Up still is a key
            alice.types("\u001B[D\u001B[D\u001B[3~x").sees("> one txo");
        }
    }
}
