package io.parley.testkit.example;

import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.MemoryFixture;
import org.junit.jupiter.api.Test;

/** The example of the package's description. */
final class GreeterTest {
    private final MemoryFixture fixture = MemoryFixture.seeded(1);

    @Test
    void greetsWhoJoins() {
        try (Chat chat = Chat.open(fixture)) {
            Greeter.start(chat.guest("greeter"), "lobby");
            Ears ears = new Ears();
            chat.enter(chat.guest("alice"), "lobby", ears);
            fixture.settle("a greeting", () -> ears.heard("greeter: Hello, alice!"));
        }
    }
}
