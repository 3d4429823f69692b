package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The colours follow the background of the terminal, when that is known. */
@Timeout(300)
class BackgroundTest {

    @Test
    void theTerminalIsAskedAndItsAnswerIsNoText() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby").getsWritten("\u001B]11;?\u001B\\").types("half");
            bob.enter("lobby", message -> {}).say("alice!").join();
            alice.sees("bob: alice!");
            assertThat(alice.written()).doesNotContain("38;5;");
            alice.types("\u001B]11;rgb:fdfd/f6f6/e3e3\u001B\\").getsWritten("38;5;94m");
            alice.types("\u0015/set background dark\r").getsWritten("38;5;220m");
            alice.types("/set background auto\r")
                    .sees("background auto")
                    .types("way")
                    .sees("> way");
        }
    }
}
