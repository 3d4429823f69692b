package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.KeyValue;
import io.parley.journal.LastingJournal;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.DirectMode;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.MyRooms;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts are members of rooms with and without connections, in this process and the next. */
class MembershipTest {
    private final LastingJournal journal = new LastingJournal();
    private TestHub test = TestHub.with(journal);

    /** The connection ends, and with it the session. */
    private static void end(Reader... rooms) {
        for (Reader room : rooms) {
            room.disconnect();
        }
        rooms[0].peer().exit();
    }

    /** The process ends in order, and another begins. */
    private void restart() {
        test.hub.flush().join();
        crash();
    }

    /** The process ends in the midst of things, and another begins. */
    private void crash() {
        journal.die();
        TestHub dead = test;
        journal.live();
        test = TestHub.with(journal);
        assertThat(dead).isNotSameAs(test);
    }

    private List<MyRoom> mine(Peer peer) {
        List<MyRoom> all = new ArrayList<>();
        MyRooms page = test.hub.membership().mine(peer.user(), "", 50).join();
        all.addAll(page.rooms());
        while (!page.next().isEmpty()) {
            page = test.hub.membership().mine(peer.user(), page.next(), 50).join();
            all.addAll(page.rooms());
        }
        return all;
    }

    private MyRoom mine(Peer peer, String name) {
        return mine(peer).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Object known(long id) {
        return test.hub.known(id);
    }

    private static List<String> present(Reader reader) {
        return reader.room().members(reader.peer().user(), "", 100).stream()
                .map(member -> member.name() + (member.here() ? "" : " away"))
                .toList();
    }

    private void read(Reader reader, long seq) {
        test.hub
                .membership()
                .read(reader.peer().participant(), reader.subscription(), seq)
                .join();
    }

    // ---- being a member

    @Test
    void anAccountStaysAMemberWhenItsConnectionEnds() {
        Reader bob = test.guest("bob").join("lobby");
        Reader anna = test.account("anna").join("lobby");
        test.pass(1_000);
        test.hub.tick();
        bob.read();

        test.pass(1_000);
        end(anna);

        assertThat(bob.read()).containsExactly("=2 -anna");
        assertThat(present(bob)).containsExactly("anna away", "bob");
        assertThat(bob.room().memberCount()).isEqualTo(2);
        test.pass(1_000);
        test.account("anna").join("lobby");
        assertThat(bob.read()).containsExactly("=2 +anna");
        assertThat(present(bob)).containsExactly("anna", "bob");
    }

    @Test
    void whoComesAndGoesBeforeAnybodyIsToldIsToldOfAsAMemberWhoIsAway() {
        Reader bob = test.guest("bob").join("lobby");
        bob.read();
        end(test.account("anna").join("lobby"));

        test.pass(1_000);
        test.hub.tick();

        assertThat(bob.read()).containsExactly("=2 +anna");
        assertThat(present(bob)).containsExactly("anna away", "bob");
    }

    @Test
    void aGuestIsAMemberAsLongAsItsConnection() {
        Reader anna = test.account("anna").join("lobby");
        Reader bob = test.guest("bob").join("lobby");

        end(bob);

        assertThat(present(anna)).containsExactly("anna");
    }

    // ---- an account that is no more

    @Test
    void aDeletedAccountIsInNoRoomAnyMore() {
        Reader bob = test.account("bob").join("lobby");
        Reader anna = test.account("anna").join("lobby");
        test.account("anna").join("den");
        test.pass(1_000);
        test.hub.tick();
        bob.read();
        end(anna);
        restart();
        bob = test.account("bob").join("lobby");
        assertThat(present(bob)).containsExactly("anna away", "bob");
        bob.read();

        assertThat(test.hub.deleteAccount("id-anna", "this account was deleted"))
                .isCompleted();
        test.pass(1_000);
        test.hub.tick();

        assertThat(present(bob)).containsExactly("bob");
        assertThat(bob.read()).contains("=1 -anna");
        restart();
        assertThat(present(test.account("bob").join("lobby"))).containsExactly("bob");
        assertThat(mine(test.account("anna"))).isEmpty();
    }

    @Test
    void aDeletedAccountLosesItsRolesAndSomebodyFollows() {
        Reader anna = test.account("anna").join("den");
        Reader bob = test.account("bob").join("den");
        bob.read();

        assertThat(test.hub.deleteAccount("id-anna", "this account was deleted"))
                .isCompleted();
        test.pass(1_000);
        test.hub.tick();

        assertThat(bob.room().state().owners())
                .extracting(owner -> owner.name())
                .containsExactly("bob");
        assertThat(present(bob)).containsExactly("bob");
        assertThat(anna.read()).last().isEqualTo("END ROOM_GONE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOtherKeepsTheConversationWithADeletedAccount(boolean inUse) {
        test.account("bob");
        Reader hers = test.account("anna").direct("bob");
        hers.say("hello");
        if (!inUse) {
            restart();
        }

        assertThat(test.hub.deleteAccount("id-anna", "this account was deleted"))
                .isCompleted();

        if (inUse) {
            assertThat(hers.read()).last().isEqualTo("END ROOM_GONE");
        }
        restart();
        assertThat(mine(test.account("anna"))).isEmpty();
        assertThat(mine(test.account("bob"))).singleElement().satisfies(room -> {
            assertThat(room.name()).isEqualTo("anna");
            assertThat(room.last()).isNotNull();
        });
    }

    @Test
    void aRoomThatOnlyADeletedAccountWasInEnds() {
        Reader anna = test.account("anna").join("den");
        anna.say("to myself");
        end(anna);
        restart();

        assertThat(test.hub.deleteAccount("id-anna", "this account was deleted"))
                .isCompleted();

        Reader bob = test.account("bob").join("den");
        assertThat(bob.room().head()).isLessThanOrEqualTo(1);
        assertThat(bob.room().state().owners())
                .extracting(owner -> owner.name())
                .containsExactly("bob");
    }

    @Test
    void aDeletedAccountLeavesMoreRoomsThanAPageHas() {
        Reader bob = test.account("bob").join("room0");
        Peer anna = test.account("anna");
        for (int i = 0; i < 60; i++) {
            anna.join("room" + i);
        }

        assertThat(test.hub.deleteAccount("id-anna", "this account was deleted"))
                .isCompleted();

        assertThat(present(bob)).containsExactly("bob");
        restart();
        assertThat(mine(test.account("anna"))).isEmpty();
    }

    @Test
    void aDeletionThatCannotBeKeptIsRepeated() {
        Reader anna = test.account("anna").join("den");
        Reader bob = test.account("bob").join("den");
        end(anna);
        journal.die();
        CompletableFuture<?> first = test.hub.deleteAccount("id-anna", "this account was deleted");
        test.pass(60_000);
        test.hub.tick();
        assertThat(first).isCompletedExceptionally();
        journal.live();
        for (int i = 0; i < 10; i++) { // the room asks what has become of its entry
            test.pass(10_000);
            test.hub.tick();
        }

        assertThat(test.hub.deleteAccount("id-anna", "this account was deleted"))
                .isCompleted();

        assertThat(bob.room().state().owners())
                .extracting(owner -> owner.name())
                .containsExactly("bob");
        assertThat(present(bob)).containsExactly("bob");
    }

    @Test
    void leavingEndsTheMembershipOnAllConnections() {
        Reader phone = test.account("anna").join("lobby");
        Reader desk = test.account("anna").join("lobby");
        Reader bob = test.guest("bob").join("lobby");

        phone.subscription().resign();

        assertThat(phone.read()).last().isEqualTo("END");
        assertThat(desk.read()).last().isEqualTo("END NOT_A_MEMBER");
        assertThat(present(bob)).containsExactly("bob");
        assertThat(mine(desk.peer())).isEmpty();
        assertThat(desk.peer().user().rooms()).isEmpty();
    }

    @Test
    void aRoomThatOnlyMembersWhoAreAwayAreInGoesOnWithItsHistory() {
        Reader bob = test.guest("bob").join("cellar");
        Reader anna = test.account("anna").join("cellar");
        anna.say("first");
        end(bob);
        end(anna);
        assertThat(test.hub.rooms()).isEmpty();

        Reader back = test.account("anna").join("cellar", BacklogRequest.last(10));

        assertThat(back.joined().backlog()).hasSize(4); // bob's role, anna's words, bob's role's end, anna's role
        assertThat(back.snapshot().members()).extracting(Member::name).containsExactly("anna");
    }

    @Test
    void aMemberComesBackIntoARoomForTheInvited() {
        Reader owner = test.account("owner").join("club");
        Reader anna = test.account("anna").join("club");
        owner.configure(new RoomSettings(true, 0, PresenceMode.FULL));
        end(anna);

        assertThat(test.account("anna").join("club").snapshot().memberCount()).isEqualTo(2);
        assertThat(test.account("eve").refusedJoin("club")).isEqualTo(Reason.INVITE_ONLY);
        restart();
        assertThat(test.account("anna").join("club").snapshot().memberCount()).isEqualTo(2);
        assertThat(test.account("eve").refusedJoin("club")).isEqualTo(Reason.INVITE_ONLY);
    }

    @Test
    void whoeverIsKickedWhileAwayIsNoMemberFromThatEntryOn() {
        Reader owner = test.account("account-owner").join("club");
        Reader anna = test.account("account-anna").join("club");
        owner.configure(new RoomSettings(true, 0, PresenceMode.FULL));
        restartWithout(anna, owner);
        owner = test.account("account-owner").join("club");
        assertThat(present(owner)).containsExactly("account-anna away", "account-owner");

        assertThat(owner.act(Action.KICK, "account-anna").seq()).isPositive();
        assertThat(present(owner)).containsExactly("account-owner");
        crash(); // before anything else is written

        Peer back = test.account("account-anna");
        assertThat(mine(back)).isEmpty();
        assertThat(back.refusedJoin("club")).isEqualTo(Reason.INVITE_ONLY);
    }

    private void restartWithout(Reader... readers) {
        for (Reader reader : readers) {
            end(reader);
        }
        restart();
    }

    @Test
    void whoeverIsBannedIsNoMemberAndTheMembershipDoesNotComeBackWithTheBansEnd() {
        Reader owner = test.account("account-owner").join("club");
        Reader anna = test.account("account-anna").join("club");
        owner.configure(new RoomSettings(true, 0, PresenceMode.FULL));

        owner.act(Action.BAN, "account-anna", 1_000);

        assertThat(anna.read()).last().isEqualTo("END BANNED");
        test.pass(2_000);
        assertThat(anna.peer().refusedJoin("club")).isEqualTo(Reason.INVITE_ONLY);
    }

    @Test
    void theSeniorMemberOwnsTheRoomNextThoughItIsAway() {
        Reader bob = test.guest("bob").join("lobby");
        Reader anna = test.account("anna").join("lobby");
        test.account("eve").join("lobby");
        end(anna);

        end(bob);

        assertThat(test.account("anna").join("lobby").snapshot().role()).isEqualTo(Role.OWNER);
    }

    @Test
    void thereAreNoMoreRoomsThanMayBeThoughTheyAreNotInUse() {
        test = TestHub.with(journal, bounds -> bounds.maxRoomsPerUser = 3);
        for (int i = 0; i < 3; i++) {
            end(test.account("anna").join("room" + i));
        }

        Peer anna = test.account("anna");

        assertThat(anna.refusedJoin("room3")).isEqualTo(Reason.TOO_MANY_ROOMS);
        anna.join("room1").subscription().resign();
        anna.join("room3");
        assertThat(anna.refusedJoin("room1")).isEqualTo(Reason.TOO_MANY_ROOMS);
    }

    @Test
    void aMemberWhoIsAwaySinceARestartIsKnownByItsId() {
        Reader owner = test.account("account-owner").join("club");
        Reader anna = test.account("account-anna").join("club");
        long id = anna.peer().user().id();
        restartWithout(anna, owner);

        Reader back = test.account("account-owner").join("club");

        assertThat(known(id)).isNotNull();
        assertThat(back.act(Action.KICK, "account-anna").seq()).isPositive();
        assertThat(present(back)).containsExactly("account-owner");
        assertThat(known(id)).as("nobody needs to know it any more").isNull();
    }

    @Test
    void theNextOwnerMayBeAwaySinceARestart() {
        Reader anna = test.account("anna").join("lobby");
        test.guest("bob").join("lobby");
        end(anna);
        restart();
        Reader eve = test.account("eve").join("lobby");

        assertThat(test.account("anna").join("lobby").snapshot().role()).isEqualTo(Role.OWNER);
        assertThat(eve.snapshot().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void whoHasGoneBeforeItsTurnIsNoMember() {
        SlowRows slow = new SlowRows();
        test = TestHub.with(slow);
        Peer anna = test.account("anna");
        slow.hold();
        CompletableFuture<Opening> joining = anna.joining("lobby", BacklogRequest.NOTHING);
        anna.participant().stop();
        anna.exit();

        slow.release();

        assertThat(Answer.reasonOf(joining)).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(mine(test.account("anna"))).isEmpty();
    }

    @Test
    void theObjectOfAnAccountThatHasGoneDoesNotTakeThePlaceOfTheNext() {
        SlowRows slow = new SlowRows();
        test = TestHub.with(slow);
        Peer anna = test.account("anna");
        slow.hold();
        CompletableFuture<Opening> joining = anna.joining("lobby", BacklogRequest.NOTHING);
        anna.exit(); // it is not stopped: its turn has come at this very moment
        Peer back = test.account("anna");

        slow.release();

        assertThat(Answer.reasonOf(joining)).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(back.join("lobby").snapshot().memberCount()).isEqualTo(1);
    }

    /** A journal that gives no rows for a while. */
    private static final class SlowRows extends KeptJournal {
        private CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

        void hold() {
            open = new CompletableFuture<>();
        }

        void release() {
            open.complete(null);
        }

        @Override
        public CompletableFuture<List<KeyValue>> values(String kind, String after, int limit) {
            return open.thenCompose(now -> super.values(kind, after, limit));
        }
    }

    @Test
    void aRoomThatIsClosedAndNotDeletedKeepsItsMembers() {
        Reader owner = test.account("owner").join("club");
        Reader anna = test.account("anna").join("club");
        owner.configure(new RoomSettings(true, 0, PresenceMode.FULL));

        owner.room().close("cleaning").join();

        assertThat(anna.read()).last().isEqualTo("END ROOM_GONE");
        assertThat(anna.peer().join("club").snapshot().memberCount()).isEqualTo(2);
        assertThat(mine(anna.peer(), "club").unread()).isEqualTo(1);
        owner.peer().join("club").room().delete("for good").join();
        assertThat(mine(anna.peer())).isEmpty();
    }

    @Test
    void conversationsThatOthersBeginTakeNoPlaces() {
        test = TestHub.with(journal, bounds -> bounds.maxRoomsPerUser = 2);
        Peer anna = test.account("anna");
        long id = anna.user().id();
        anna.exit();
        for (int i = 0; i < 4; i++) {
            Reader one = direct(test.account("spammer" + i), id);
            one.say("buy this");
            end(one);
        }
        long friend = test.account("friend").user().id();

        Peer back = test.account("anna");

        assertThat(direct(back, friend).say("hello").seq()).isEqualTo(1);
        assertThat(mine(back)).hasSize(5);
    }

    // ---- what is unread

    @Test
    void whatIsSaidWhileAnAccountIsAwayIsUnread() {
        Reader bob = test.guest("bob").join("lobby");
        bob.say("before anna");
        Reader anna = test.account("anna").join("lobby");
        assertThat(mine(anna.peer(), "lobby").unread()).isZero();
        end(anna);
        bob.say("one");
        bob.say("anna, two");
        bob.say("annabel three");

        Peer back = test.account("anna");

        MyRoom lobby = mine(back, "lobby");
        assertThat(lobby.unread()).isEqualTo(3);
        assertThat(lobby.mentions()).isEqualTo(1);
        assertThat(lobby.last().text()).isEqualTo("annabel three");
        assertThat(lobby.last().author().name()).isEqualTo("bob");
        Reader reader = back.join("lobby");
        assertThat(reader.snapshot().readSeq()).isEqualTo(lobby.readSeq());
        read(reader, lobby.head() - 1);
        assertThat(mine(back, "lobby").unread()).isEqualTo(1);
        assertThat(mine(back, "lobby").mentions()).isZero();
    }

    @Test
    void aMarkerOnlyMovesForwardAndAtMostToTheHead() {
        Reader anna = test.account("anna").join("lobby");
        Reader other = test.account("anna").join("lobby");
        for (int i = 0; i < 9; i++) {
            anna.say("x");
        }

        read(anna, 5);
        read(other, 3);
        read(other, 5);
        read(other, 1_000);

        assertThat(other.peer().marked).containsExactly("lobby 5");
        assertThat(anna.peer().marked).containsExactly("lobby 10");
        assertThat(mine(anna.peer(), "lobby").readSeq()).isEqualTo(10);
    }

    @Test
    void markersAndMembershipsAreThereAfterARestart() {
        Reader anna = test.account("anna").join("lobby");
        Reader bob = test.account("bob").join("lobby");
        bob.say("one");
        bob.say("two");
        bob.say("three");
        read(anna, 2);
        restartWithout(anna, bob);

        Peer back = test.account("anna");

        MyRoom lobby = mine(back, "lobby");
        assertThat(lobby.readSeq()).isEqualTo(2);
        assertThat(lobby.unread()).isEqualTo(2);
        assertThat(mine(test.account("bob"), "lobby").readSeq()).isEqualTo(1);
    }

    @Test
    void whatIsNotWrittenIsWrittenASecondLater() {
        Reader anna = test.account("anna").join("lobby");
        anna.say("one");
        read(anna, 1);
        test.pass(1_000);
        test.hub.tick();
        read(anna, 2);
        crash();
        assertThat(mine(test.account("anna"), "lobby").readSeq()).isEqualTo(1); // what came after is lost

        read(test.account("anna").join("lobby"), 2);
        test.pass(1_000);
        test.hub.tick();
        crash();

        assertThat(mine(test.account("anna"), "lobby").readSeq()).isEqualTo(2);
    }

    @Test
    void aGuestHasNoRoomsToComeBackTo() {
        Reader bob = test.guest("bob").join("lobby");

        assertThat(Answer.reasonOf(test.hub.membership().mine(bob.peer().user(), "", 10)))
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(Answer.reasonOf(test.hub.membership().read(bob.peer().participant(), bob.subscription(), 1)))
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(bob.snapshot().readSeq()).isZero();
    }

    @Test
    void listsGoOnWhereAPageEnds() {
        Peer anna = test.account("anna");
        for (int i = 0; i < 7; i++) {
            anna.join("room" + i);
            if (i == 3) {
                test.hub.flush().join(); // some rows are written, others are not
            }
        }

        MyRooms first = test.hub.membership().mine(anna.user(), "", 3).join();
        MyRooms second =
                test.hub.membership().mine(anna.user(), first.next(), 3).join();
        MyRooms third =
                test.hub.membership().mine(anna.user(), second.next(), 3).join();

        List<MyRoom> all = new ArrayList<>(first.rooms());
        all.addAll(second.rooms());
        all.addAll(third.rooms());
        assertThat(all)
                .extracting(MyRoom::name)
                .containsExactlyInAnyOrder("room0", "room1", "room2", "room3", "room4", "room5", "room6");
        assertThat(third.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"z", "0", "\u0000", "ffffffffffffffff1ffffffff", "g"})
    void aPageBeginsNowhereElse(String after) {
        Peer anna = test.account("anna");
        anna.join("lobby");

        assertThat(Answer.reasonOf(test.hub.membership().mine(anna.user(), after, 10)))
                .isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void aRowThatIsLeftOverIsNoMembership() {
        Reader anna = test.account("anna").join("lobby");
        anna.say("secret of the first room");
        test.hub.flush().join();
        anna.room().delete("away with it").join(); // the rows are removed with the next write, which does not come
        crash();
        test.guest("bob").join("lobby").say("secret of the second room");

        assertThat(mine(test.account("anna"))).isEmpty();
    }

    // ---- conversations

    @Test
    void whatIsSaidToAnAccountThatIsAwayStandsThereWhenItComes() {
        Peer anna = test.account("anna");
        long id = anna.user().id();
        anna.exit();
        Peer bob = test.account("bob");

        Reader conversation = direct(bob, id);
        assertThat(conversation.say("are you there?").seq()).isEqualTo(1);
        assertThat(present(conversation)).containsExactly("anna away", "bob");

        Peer back = test.account("anna");
        MyRoom row = mine(back, "bob");
        assertThat(row.kind()).isEqualTo(RoomKind.DIRECT);
        assertThat(row.unread()).isEqualTo(1);
        assertThat(row.peer()).isEqualTo(bob.user().id());
        assertThat(row.last().text()).isEqualTo("are you there?");
        Reader read = direct(back, row.peer(), BacklogRequest.last(10));
        assertThat(read.joined().backlog()).hasSize(1);
        read(read, 1);
        assertThat(mine(back, "bob").unread()).isZero();
    }

    @Test
    void aConversationIsThereAfterARestartThoughBothWereAway() {
        Peer anna = test.account("anna");
        long annasId = anna.user().id();
        anna.exit();
        Reader conversation = direct(test.account("bob"), annasId);
        conversation.say("are you there?");
        long bobsId = conversation.peer().user().id();
        restartWithout(conversation);

        Peer back = test.account("anna");
        MyRoom row = mine(back, "bob");
        assertThat(row.unread()).isEqualTo(1);
        Reader read = direct(back, row.peer()); // bob is away, and known by the list
        assertThat(read.say("now I am").seq()).isEqualTo(2);
        end(read);

        Peer bob = test.account("bob");
        assertThat(bob.user().id()).isEqualTo(bobsId);
        assertThat(mine(bob, "anna").unread()).isEqualTo(2); // bob has not said that it read its own
    }

    @Test
    void aConversationWithAGuestEndsWithTheGuest() {
        Peer bob = test.guest("bob");
        Reader anna = direct(test.account("anna"), bob.user().id());
        anna.say("hello");
        bob.exit();

        assertThat(mine(anna.peer())).isEmpty();
    }

    @Test
    void nobodyWritesToAnAccountThatTakesNoMessagesThoughItIsAwayAndTheServerIsAnother() {
        Peer anna = test.account("anna");
        long id = anna.user().id();
        Peer bob = test.account("bob");
        Reader before = direct(bob, id);
        before.say("unwanted");
        anna.exit();
        restartWithout(before);
        Peer again = test.account("anna");
        test.hub.users().forEach(user -> {
            if (user.name().equals("anna")) {
                user.directs(now -> now.with(now.contacts().with(DirectMode.NOBODY)));
            }
        });
        mine(again);

        Peer back = test.account("bob");
        mine(back);
        assertThat(Answer.reasonOf(
                        test.hub.direct(back.participant(), test.hub.other(back.user(), id), BacklogRequest.NOTHING)))
                .isEqualTo(Reason.FORBIDDEN); // anna has not answered it, in this process or the one before
    }

    private Reader direct(Peer peer, long id) {
        return direct(peer, id, BacklogRequest.NOTHING);
    }

    private Reader direct(Peer peer, long id, BacklogRequest backlog) {
        return peer.reader(test.hub.direct(peer.participant(), test.hub.other(peer.user(), id), backlog));
    }
}
