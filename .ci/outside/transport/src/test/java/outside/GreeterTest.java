package outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.server.ChatServer;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program's own test, on the network in memory: no port, no thread, the same run for the same seed. */
class GreeterTest {
    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final MemoryAddress address = new MemoryAddress("server");

    /** The program: it says something when it hears "hi". */
    private static final class Greeter implements RoomListener {
        private ChatRoom room;

        @Override
        public void onMessage(Message message) {
            if (message.text().equals("hi")) {
                room.say("Hello, " + message.sender() + "!");
            }
        }
    }

    private ChatClient connect(String name) {
        return ChatClient.builder().name(name).scheduler(network.scheduler()).connect(network.transport(), address);
    }

    @Test
    void greets() throws Exception {
        try (ChatServer server = ChatServer.builder()
                .listen(network.transport(), address)
                .scheduler(network.scheduler())
                .start()) {
            Greeter greeter = new Greeter();
            greeter.room = connect("greeter").enter("lobby", greeter);
            List<String> heard = new ArrayList<>();
            ChatRoom room = connect("alice").enter("lobby", message -> heard.add(message.text()));
            room.say("hi");
            network.run();
            assertTrue(heard.contains("Hello, alice!"), heard::toString);
            assertEquals("lobby", room.name());
        }
    }
}
