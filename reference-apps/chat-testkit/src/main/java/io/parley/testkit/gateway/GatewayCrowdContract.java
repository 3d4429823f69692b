package io.parley.testkit.gateway;

import io.parley.client.ChatRoom;
import io.parley.testkit.chat.Ears;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A crowd of users of the gateway and of the native protocol, all of whom speak in one room. A binding may ask for more of
 * them.
 */
public interface GatewayCrowdContract extends GatewayBinding {

    /**
     * How many users there are of each protocol.
     *
     * @return 8 unless it is overridden
     */
    default int crowdOfEach() {
        return 8;
    }

    /**
     * How many messages each of them says.
     *
     * @return 60 unless it is overridden; at most as many as may be unanswered
     */
    default int messagesOfEach() {
        return 60;
    }

    /** Everybody hears every message once, and all in one order. */
    @Test
    default void aCrowdHearsOneOrder() {
        try (Stage stage = Stage.open(this)) {
            List<Talker> talkers = new ArrayList<>();
            List<Ears> ears = new ArrayList<>();
            List<ChatRoom> rooms = new ArrayList<>();
            for (int i = 0; i < crowdOfEach(); i++) {
                talkers.add(stage.member("talker" + i));
                ears.add(new Ears());
                rooms.add(stage.member("client" + i, ears.get(i)));
            }
            for (int n = 0; n < messagesOfEach(); n++) {
                String text = "no " + n;
                talkers.forEach(talker -> talker.say(text));
                rooms.forEach(room -> room.say(text));
            }
            int total = 2 * crowdOfEach() * messagesOfEach();
            stage.assertOneOrder(talkers, ears, total);
            stage.assertEachInOrder(ears.get(0), messagesOfEach());
        }
    }
}
