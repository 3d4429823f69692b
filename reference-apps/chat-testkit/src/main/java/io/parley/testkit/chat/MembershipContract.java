package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Accounts that come back: what they are members of, and what they have not read. */
public interface MembershipContract extends Opener {

    private static ChatClient account(Chat chat, String name) {
        return chat.connect(chat.client(name).password("secret"));
    }

    private static Chat open(Opener opener) {
        return Chat.open(opener.open(), builder -> builder.policy(new Accounts()));
    }

    private static void gone(Chat chat, ChatClient client) {
        String name = client.name();
        client.close();
        chat.fixture().settle(name + " has gone", () -> chat.server().hub().user(name) == null);
    }

    private static void say(Chat chat, ChatRoom room, int times, String text) {
        for (int i = 0; i < times; i++) {
            chat.fixture().await(room.say(text));
        }
    }

    private static Map<String, String> unread(Chat chat, ChatClient client) {
        Map<String, String> all = new TreeMap<>();
        for (MyRoom room : chat.fixture().await(client.mine())) {
            String mentions = room.mentions() > 0 ? " @" + room.mentions() : "";
            all.put(room.name(), room.unread() + mentions);
        }
        return all;
    }

    private static MyRoom mine(Chat chat, ChatClient client, String name) {
        return chat.fixture().await(client.mine()).stream()
                .filter(room -> room.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A day with two devices: away, three rooms and two conversations, read on one device, seen on the other. */
    @Test
    default void whatWasSaidMeanwhileIsUnreadUntilItIsReadOnOneDevice() {
        try (Chat chat = open(this)) {
            ChatClient carol = account(chat, "carol");
            ChatClient dave = account(chat, "dave");
            ChatClient bob = chat.guest("bob");
            ChatClient desk = account(chat, "anna");
            List<ChatRoom> rooms = new ArrayList<>();
            for (String name : List.of("one", "two", "three")) {
                rooms.add(chat.enter(bob, name, new Ears())); // bob owns them: an entry each
                chat.enter(desk, name, new Ears());
            }
            assertThat(unread(chat, desk))
                    .containsOnly(Map.entry("one", "0"), Map.entry("two", "0"), Map.entry("three", "0"));
            long anna = desk.user().id();
            gone(chat, desk);

            say(chat, rooms.get(0), 3, "anna, where are you?");
            say(chat, rooms.get(1), 2, "hello all");
            say(chat, chat.fixture().await(carol.directAsync(anna, 0, new Ears())), 2, "psst");
            say(chat, chat.fixture().await(dave.directAsync(anna, 0, new Ears())), 1, "anna!");

            ChatClient back = account(chat, "anna");
            ChatClient phone = account(chat, "anna");
            assertThat(unread(chat, back))
                    .isEqualTo(Map.of("one", "3 @3", "two", "2", "three", "0", "carol", "2", "dave", "1 @1"));
            MyRoom one = mine(chat, back, "one");
            assertThat(one.last()).isNotNull();
            Ears heard = new Ears();
            ChatRoom room = chat.fixture().await(back.resumeAsync("one", one.epoch(), one.readSeq(), heard));
            Ears atPhone = new Ears();
            ChatRoom onPhone = chat.enter(phone, "one", atPhone);
            assertThat(onPhone.readSeq()).isEqualTo(one.readSeq());
            chat.fixture().settle("all is heard that was missed", () -> heard.count() == 3);
            assertThat(heard.messages()).extracting(Message::kind).containsOnly(MessageKind.CATCH_UP);

            chat.fixture().await(room.read(heard.seqs().get(1)));

            chat.fixture()
                    .settle(
                            "the phone knows",
                            () -> atPhone.heard("read " + heard.seqs().get(1)));
            assertThat(onPhone.readSeq()).isEqualTo(heard.seqs().get(1));
            assertThat(unread(chat, phone)).containsEntry("one", "1 @1");
            ChatRoom conversation = chat.fixture()
                    .await(phone.directAsync(mine(chat, phone, "carol").peer(), 10, new Ears()));
            chat.fixture().await(conversation.read(2));
            assertThat(unread(chat, back)).containsEntry("carol", "0").containsEntry("dave", "1 @1");
        }
    }

    /** Who leaves on one device has left on all. */
    @Test
    default void leavingIsLeavingOnAllDevices() {
        try (Chat chat = open(this)) {
            Ears atPhone = new Ears();
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", new Ears());
            ChatRoom desk = chat.enter(account(chat, "anna"), "lobby", new Ears());
            ChatClient phone = account(chat, "anna");
            ChatRoom other = chat.enter(phone, "lobby", atPhone);

            chat.fixture().await(desk.leave());

            chat.fixture().settle("the phone knows", () -> atPhone.heard("closed " + ErrorCode.NOT_A_MEMBER));
            assertThat(chat.fixture().refusal(other.say("but"))).isEqualTo(ErrorCode.NOT_A_MEMBER);
            assertThat(chat.fixture().await(phone.mine())).isEmpty();
            chat.fixture().settle("bob is alone", () -> bob.memberCount() == 1);
        }
    }

    /** A list of members says who is here. */
    @Test
    default void membersAreHereOrAway() {
        try (Chat chat = open(this)) {
            Ears atBob = new Ears();
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", atBob);
            ChatClient anna = account(chat, "anna");
            chat.enter(anna, "lobby", new Ears());
            chat.fixture().settle("bob is told", () -> atBob.heard("joined anna"));
            gone(chat, anna);

            chat.fixture().settle("bob is told", () -> atBob.heard("away anna"));
            assertThat(bob.members())
                    .filteredOn(member -> !member.here())
                    .extracting(Member::name)
                    .containsExactly("anna");
            assertThat(chat.fixture().await(bob.page("", 10)))
                    .extracting(Member::here)
                    .containsExactly(false, true);
            assertThat(bob.memberCount()).isEqualTo(2);
            chat.enter(account(chat, "anna"), "lobby", new Ears());
            chat.fixture().settle("bob is told", () -> atBob.heard("back anna"));
            assertThat(bob.members()).allMatch(Member::here);
        }
    }

    /** A guest has nothing to come back to. */
    @Test
    default void aGuestHasNoRoomsOfItsOwn() {
        try (Chat chat = open(this)) {
            ChatClient bob = chat.guest("bob");
            ChatRoom room = chat.enter(bob, "lobby", new Ears());
            assertThat(chat.fixture().refusal(bob.mine())).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(chat.fixture().refusal(room.read(1))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(room.readSeq()).isZero();
        }
    }
}
