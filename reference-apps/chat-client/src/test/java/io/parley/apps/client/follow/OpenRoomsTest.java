package io.parley.apps.client.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.parley.apps.client.view.Place;
import io.parley.client.ChatRoom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenRoomsTest {
    private static final Place BOB = new Place("bob", true);
    private static final Place LOBBY = new Place("lobby", false);

    private final OpenRooms rooms = new OpenRooms();

    private static ChatRoom room(boolean direct, long peer) {
        ChatRoom room = mock();
        when(room.isDirect()).thenReturn(direct);
        when(room.peer()).thenReturn(peer);
        return room;
    }

    private void converse(Place place, long peer) {
        ChatRoom room = room(true, peer);
        rooms.add(place, room);
        rooms.remove(place, room);
    }

    @Test
    void theLastRoomIsTheCurrentOneAndAConversationNeverIs() {
        ChatRoom lobby = room(false, 0);
        ChatRoom games = room(false, 0);
        assertThat(rooms.current()).isNull();
        rooms.add(LOBBY, lobby);
        rooms.add(new Place("games", false), games);
        rooms.add(BOB, room(true, 2));
        assertThat(rooms.current()).isSameAs(games);
        rooms.add(LOBBY, lobby);
        assertThat(rooms.current()).isSameAs(lobby);
        rooms.remove(LOBBY, lobby);
        assertThat(rooms.current()).isSameAs(games);
    }

    @Test
    void whoWasTalkedToIsRememberedByIdButNotForEver() {
        assertThat(rooms.formerPeer(BOB)).isZero();
        converse(BOB, 2);
        assertThat(rooms.find(BOB)).isNull();
        assertThat(rooms.formerPeer(BOB)).isEqualTo(2);
        converse(BOB, 3);
        assertThat(rooms.formerPeer(BOB)).isEqualTo(3);
        IntStream.range(1, OpenRooms.MAX_FORMER).forEach(i -> converse(new Place("n" + i, true), i));
        assertThat(rooms.formerPeer(BOB)).isEqualTo(3);
        converse(new Place("one more", true), 9);
        assertThat(rooms.formerPeer(BOB)).isZero();
    }

    @Test
    void aConversationWithANewNameIsFoundUnderThatOnly() {
        ChatRoom direct = room(true, 2);
        rooms.add(BOB, direct);
        rooms.rename(direct, new Place("rob", true));
        assertThat(rooms.find(BOB)).isNull();
        assertThat(rooms.find(new Place("rob", true))).isSameAs(direct);
        assertThat(rooms.formerPeer(BOB)).isZero();
    }
}
