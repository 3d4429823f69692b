package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomPlan;
import io.parley.model.RoomSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rooms of the program: made, taken over, spoken in, closed and deleted; and who sees which rooms in a list. */
class ProgramRoomsTest {
    private static final RoomSettings CLOSED = RoomSettings.DEFAULT.withInviteOnly(true);
    private static final RoomSettings HIDDEN = RoomSettings.DEFAULT.withHidden(true);

    private final TestHub test = TestHub.create();
    private final ProgramRooms program = test.hub.program();

    private static Reason reason(CompletableFuture<?> failed) {
        return Answer.reasonOf(failed);
    }

    private List<String> listed(Peer viewer) {
        return test.hub.rooms(viewer.user(), "", 100).stream()
                .map(RoomItem::name)
                .toList();
    }

    // ---- lists

    @Test
    void aListShowsClosedAndHiddenRoomsToThoseWhoBelongThere() {
        for (String name : List.of("closed", "hidden")) {
            RoomSettings settings = name.equals("closed") ? CLOSED : HIDDEN;
            program.create(
                            name,
                            RoomPlan.DEFAULT
                                    .withSettings(settings)
                                    .withTopic("secret")
                                    .withOwner("account-owner"))
                    .join();
            Room room = test.hub.room("open").join();
            assertThat(room.name()).isEqualTo("open");
            Peer stranger = test.guest("stranger-" + name);
            Peer invited = test.guest("invited-" + name);
            Peer member = test.account("account-owner");
            assertThat(listed(stranger)).containsExactly("open");
            assertThat(listed(member)).contains(name, "open");
            Reader owner = member.join(name);
            owner.act(Action.INVITE, "invited-" + name).seq();
            assertThat(listed(invited)).containsExactly(name, "open");
            Reader inside = invited.join(name);
            owner.act(Action.UNINVITE, "invited-" + name).seq();
            assertThat(listed(invited)).containsExactly(name, "open");
            owner.act(Action.MAKE_MODERATOR, "invited-" + name).seq();
            assertThat(listed(invited)).containsExactly(name, "open");
            inside.leave();
            assertThat(listed(invited)).containsExactly("open");
            assertThat(test.hub.rooms(test.hub.operator(), "", 10))
                    .extracting(RoomItem::name)
                    .contains(name);
            owner.leave();
            program.delete(name, "").join();
        }
    }

    @Test
    void aListGoesByPagesInTheOrderOfNames() {
        for (String name : List.of("b", "A", "c", "a1", "Z", "hidden")) {
            program.create(name, RoomPlan.DEFAULT.withSettings(RoomSettings.DEFAULT.withHidden(name.equals("hidden"))))
                    .join();
        }
        Peer viewer = test.guest("viewer");
        List<String> all = List.of("A", "Z", "a1", "b", "c");
        assertThat(listed(viewer)).isEqualTo(all);
        assertThat(test.hub.rooms()).extracting(Room::name).containsExactly("A", "Z", "a1", "b", "c", "hidden");
        String after = "";
        for (String next : all) {
            List<RoomItem> page = test.hub.rooms(viewer.user(), after, 1);
            assertThat(page).extracting(RoomItem::name).containsExactly(next);
            after = next;
        }
        assertThat(test.hub.rooms(viewer.user(), after, 1)).isEmpty();
        assertThat(test.hub.rooms(viewer.user(), "", 0)).isEmpty();
    }

    // ---- a room that is kept

    @Test
    void anEmptyRoomOfTheServerIsForTheInvitedAllTheSame() {
        Room room = test.room("staff");
        Ask.configure(room, test.hub.operator(), CLOSED, Outcome.IGNORED);
        Peer guest = test.guest("anna");
        Ask.moderate(room, test.hub.operator(), Action.INVITE, "anna", 0, "", Outcome.IGNORED);
        test.say(room, test.hub.operator(), "for anna").seq();
        assertThat(test.guest("mallory").refusedJoin("staff")).isEqualTo(Reason.INVITE_ONLY);
        Reader anna = guest.join("staff", BacklogRequest.last(10));
        assertThat(anna.snapshot().role()).isEqualTo(Role.MEMBER);
        assertThat(anna.joined().backlog()).hasSize(3);
    }

    @Test
    void theServerTakesARoomFromItsOwners() {
        Reader guest = test.guest("guest").join("lobby");
        Reader other = test.account("other").join("lobby");
        guest.act(Action.MAKE_OWNER, "other").seq();
        other.leave();
        Room room = test.hub.room("lobby").join();
        assertThat(room).isSameAs(guest.room());
        assertThat(room.state().roles()).isEmpty();
        assertThat(guest.readNumbered())
                .containsExactly(
                        "#1 operator MAKE_OWNER guest",
                        "#2 guest MAKE_OWNER other",
                        "#3 operator MAKE_MEMBER guest",
                        "#4 operator MAKE_MEMBER other");
        assertThat(guest.topic("mine").reason()).isEqualTo(Reason.FORBIDDEN);
        guest.leave();
        assertThat(test.account("other").join("lobby").snapshot().role()).isEqualTo(Role.MEMBER);
        assertThat(test.hub.room("LOBBY").join().head()).isEqualTo(4);
    }

    @Test
    void whoFoundsARoomThatIsTakenOverMeanwhileDoesNotOwnIt() {
        HandJournal journal = new HandJournal();
        TestHub slow = TestHub.with(journal);
        slow.hub.program().say("lobby", "one");
        CompletableFuture<Opening> joining = slow.guest("alice").joining("lobby", BacklogRequest.NOTHING);
        CompletableFuture<Room> taken = slow.hub.room("lobby");
        assertThat(taken).isNotDone();
        journal.keepNext();
        assertThat(joining).isCompleted();
        assertThat(taken).isCompleted();
        assertThat(taken.join().state().roles()).isEmpty();
        assertThat(journal.pending).isEmpty();
    }

    @Test
    void aRoomThatCannotBeTakenOverIsNotKept() {
        HandJournal journal = new HandJournal();
        TestHub slow = TestHub.with(journal);
        CompletableFuture<Opening> joining = slow.account("alice").joining("lobby", BacklogRequest.NOTHING);
        journal.keepNext();
        CompletableFuture<Room> taken = slow.hub.room("lobby");
        while (!taken.isDone()) {
            journal.failNext();
        }
        assertThat(reason(taken)).isEqualTo(Reason.UNAVAILABLE);
        Subscription alice = joining.join().subscription();
        alice.room().leave(alice, "");
        assertThat(slow.hub.rooms()).isEmpty();
    }

    @Test
    void aRoomThatIsNoLongerKeptIsClosedWhenItIsEmpty() {
        Room room = test.room("lobby");
        Reader alice = test.guest("alice").join("lobby");
        room.unpin().join();
        assertThat(test.hub.rooms()).containsExactly(room);
        alice.leave();
        assertThat(test.hub.rooms()).isEmpty();
        Room again = test.room("lobby");
        assertThat(again).isNotSameAs(room);
        again.unpin().join();
        assertThat(test.hub.rooms()).isEmpty();
        again.unpin().join();
        assertThat(reason(test.hub.announcements().unpin())).isEqualTo(Reason.FORBIDDEN);
    }

    // ---- saying

    @Test
    void aWordInARoomDoesNotKeepItOpen() {
        assertThat(program.say("news", "one").join()).isEqualTo(1);
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(program.say("NEWS", "two").join()).isEqualTo(2);
        assertThat(test.hub.rooms()).isEmpty();
        Reader alice = test.guest("alice").join("news", BacklogRequest.last(5));
        assertThat(alice.joined().backlog().stream().map(TestHub::line))
                .containsExactly("#1 operator: one", "#2 operator: two");
        assertThat(alice.snapshot().role()).isEqualTo(Role.MEMBER); // the operator has begun it
        assertThat(program.say("news", "three").join()).isEqualTo(3);
        assertThat(alice.readNumbered()).containsExactly("#3 operator: three");
        alice.leave();
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(reason(program.say("no room", "x"))).isEqualTo(Reason.BAD_NAME);
    }

    @Test
    void ofManyRoomsThatWereSpokenInNoneIsLeft() {
        TestHub small = TestHub.with(bounds -> bounds.maxRooms = 2);
        for (int i = 0; i < 100; i++) {
            small.hub.program().say("room-" + i, "hello").join();
        }
        assertThat(small.hub.rooms()).isEmpty();
        assertThat(small.hub.windowBytes()).isZero();
    }

    // ---- making

    @Test
    void aRoomIsMadeAsItIsPlanned() {
        RoomPlan plan = RoomPlan.DEFAULT
                .withSettings(CLOSED.withMemberLimit(5))
                .withTopic("tea")
                .withOwner("account-anna");
        Room room = program.create("Salon", plan).join();
        assertThat(room.name()).isEqualTo("Salon");
        assertThat(room.topic()).isEqualTo("tea");
        assertThat(room.state().settings()).isEqualTo(plan.settings());
        assertThat(test.hub.rooms()).containsExactly(room);
        assertThat(test.guest("anna-2").refusedJoin("salon")).isEqualTo(Reason.INVITE_ONLY);
        Reader anna = test.account("account-anna").join("salon");
        assertThat(anna.snapshot().role()).isEqualTo(Role.OWNER);
        assertThat(reason(program.create("SALON", plan))).isEqualTo(Reason.ROOM_EXISTS);
        assertThat(reason(program.create("no room", plan))).isEqualTo(Reason.BAD_NAME);
        assertThat(test.told).contains("Salon #3 operator MAKE_OWNER account-anna");
    }

    @Test
    void aRoomThatIsNotKeptOpenWaitsInTheJournal() {
        RoomPlan plan =
                RoomPlan.DEFAULT.withSettings(CLOSED).withOwner("account-anna").withKeptOpen(false);
        program.create("salon", plan).join();
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(test.guest("mallory").refusedJoin("salon")).isEqualTo(Reason.INVITE_ONLY);
        assertThat(test.account("account-anna").join("salon").snapshot().role()).isEqualTo(Role.OWNER);
    }

    @Test
    void aRoomWithALifeIsNotMade() {
        Reader alice = test.guest("alice").join("lobby");
        assertThat(reason(program.create("lobby", RoomPlan.DEFAULT))).isEqualTo(Reason.ROOM_EXISTS);
        alice.leave();
        Reader owner = test.account("owner").join("hers");
        owner.leave();
        assertThat(reason(program.create("hers", RoomPlan.DEFAULT))).isEqualTo(Reason.ROOM_EXISTS);
        assertThat(test.hub.rooms()).isEmpty();
        test.room("kept");
        assertThat(reason(program.create("kept", RoomPlan.DEFAULT))).isEqualTo(Reason.ROOM_EXISTS);
        program.create("lobby", RoomPlan.DEFAULT).join(); // a guest's room has ended with its last member
        program.delete("hers", "").join();
        program.create("hers", RoomPlan.DEFAULT).join();
    }

    @Test
    void aPlanThatIsRefusedLeavesNothing() {
        RoomPlan plan = RoomPlan.DEFAULT.withSettings(CLOSED).withTopic("x".repeat(100_000));
        assertThat(reason(program.create("lobby", plan))).isEqualTo(Reason.TOO_LARGE);
        assertThat(test.hub.rooms()).isEmpty();
        Reader alice = test.guest("alice").join("lobby");
        assertThat(alice.readNumbered()).containsExactly("#1 operator MAKE_OWNER alice");
    }

    // ---- closing and deleting

    @Test
    void aRoomIsClosedAndItsHistoryStays() {
        Room room = test.room("lobby");
        Reader alice = test.account("alice").join("lobby");
        alice.say("one").seq();
        CompletableFuture<?> closed = room.close("for today");
        assertThat(closed).isCompleted();
        assertThat(room.close("again")).isCompleted();
        assertThat(alice.read()).endsWith("#1 alice: one", "END ROOM_GONE");
        assertThat(alice.subscription().endCause()).hasMessage("for today");
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(alice.say("two").reason()).isEqualTo(Reason.ROOM_GONE);
        assertThat(reason(room.delete("too late"))).isEqualTo(Reason.ROOM_GONE);
        Reader again = test.account("alice").join("lobby", BacklogRequest.last(5));
        assertThat(again.room().epoch()).isEqualTo(room.epoch());
        assertThat(again.joined().backlog().stream().map(TestHub::line)).containsExactly("#1 alice: one");
    }

    @Test
    void aGuestsRoomThatIsClosedEnds() {
        Peer alice = test.guest("alice");
        Reader reader = alice.join("lobby");
        long epoch = reader.room().epoch();
        reader.room().close("").join();
        Reader again = alice.join("lobby", BacklogRequest.last(5));
        assertThat(again.joined().backlog()).isEmpty();
        assertThat(again.room().epoch()).isNotEqualTo(epoch);
    }

    @Test
    void aDeletedRoomIsANewOneAfterwards() {
        Reader alice = test.guest("alice").join("lobby");
        alice.topic("tea").seq();
        alice.configure(CLOSED).seq();
        Peer peer = test.guest("bob");
        alice.act(Action.BAN, "bob").seq();
        Room former = alice.room();
        former.delete("over").join();
        former.delete("over").join();
        former.close("over").join();
        assertThat(alice.read()).endsWith("END ROOM_GONE");
        Reader bob = peer.join("lobby", BacklogRequest.last(5));
        assertThat(bob.room().epoch()).isNotEqualTo(former.epoch());
        assertThat(bob.room().topic()).isEmpty();
        assertThat(bob.joined().backlog()).isEmpty();
        assertThat(bob.readNumbered()).containsExactly("#1 operator MAKE_OWNER bob");
        assertThat(test.told).doesNotContain("lobby #5 operator MAKE_MEMBER alice");
    }

    @Test
    void aRoomThatIsNotInUseIsDeletedByItsName() {
        Reader alice = test.account("alice").join("lobby");
        alice.say("one").seq();
        long epoch = alice.room().epoch();
        alice.leave();
        program.delete("LOBBY", "").join();
        assertThat(test.hub.rooms()).isEmpty();
        program.delete("nothing", "").join();
        Reader again = test.account("alice").join("lobby");
        assertThat(again.room().epoch()).isNotEqualTo(epoch);
        assertThat(again.snapshot().head()).isZero();
    }

    @Test
    void whoeverComesWhileARoomIsClosedGetsItAnew() {
        HandJournal journal = new HandJournal();
        TestHub slow = TestHub.with(journal);
        Opening alice =
                slow.guest("alice").joining("lobby", BacklogRequest.NOTHING).join();
        Room former = alice.subscription().room();
        CompletableFuture<?> closed = former.close("");
        CompletableFuture<Opening> bob = slow.guest("bob").joining("lobby", BacklogRequest.NOTHING);
        journal.keepNext();
        assertThat(bob).isNotDone(); // that alice owns it no longer is still to be kept
        assertThat(closed).isNotDone();
        journal.keepNext();
        assertThat(closed).isCompleted();
        assertThat(bob).isCompleted();
        assertThat(bob.join().subscription().room()).isNotSameAs(former);
        assertThat(bob.join().snapshot().epoch()).isNotEqualTo(former.epoch());
        assertThat(bob.join().snapshot().head()).isZero();
    }

    @Test
    void whoeverComesWhileARoomIsDeletedGetsTheNewOne() {
        HandJournal journal = new HandJournal();
        TestHub slow = TestHub.with(journal);
        Opening alice =
                slow.guest("alice").joining("lobby", BacklogRequest.NOTHING).join();
        Room former = alice.subscription().room();
        CompletableFuture<?> closed = former.close("");
        CompletableFuture<?> deleted = former.delete("");
        CompletableFuture<Opening> bob = slow.guest("bob").joining("lobby", BacklogRequest.NOTHING);
        CompletableFuture<Long> said = slow.hub.program().say("lobby", "new");
        CompletableFuture<Room> made = slow.hub.program().create("lobby", RoomPlan.DEFAULT);
        journal.keepNext();
        assertThat(deleted).isNotDone(); // that alice owns it no longer is still to be kept
        journal.keepNext();
        assertThat(deleted).isCompleted();
        assertThat(closed).isCompleted();
        assertThat(bob).isCompleted();
        assertThat(bob.join().snapshot().epoch()).isNotEqualTo(former.epoch());
        assertThat(bob.join().snapshot().head()).isZero();
        journal.inline = true;
        journal.keepAll();
        assertThat(said.join()).isPositive();
        assertThat(reason(made)).isEqualTo(Reason.ROOM_EXISTS);
        assertThat(reason(slow.hub.program().close("nothing", ""))).isEqualTo(Reason.UNKNOWN_ROOM);
    }

    @Test
    void aFaultOfTheJournalIsToldAndTheNameIsFree() {
        TestHub broken = TestHub.with(new KeptJournal() {
            @Override
            public CompletableFuture<Void> forget(String room) {
                throw new IllegalStateException("no disk");
            }
        });
        Reader alice = broken.account("alice").join("lobby");
        assertThat(reason(alice.room().delete(""))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(broken.account("alice").join("lobby").snapshot().role()).isEqualTo(Role.OWNER);
    }

    @Test
    void announcementsStayAndConversationsEnd() {
        assertThat(reason(test.hub.announcements().close(""))).isEqualTo(Reason.FORBIDDEN);
        assertThat(reason(test.hub.announcements().delete(""))).isEqualTo(Reason.FORBIDDEN);
        Peer alice = test.account("alice");
        test.account("bob");
        Reader toBob = alice.direct("bob");
        toBob.say("psst").seq();
        Room former = toBob.room();
        former.close("later").join();
        assertThat(toBob.read()).endsWith("END ROOM_GONE");
        assertThat(alice.direct("bob").room().epoch()).isEqualTo(former.epoch());
        alice.direct("bob").room().delete("").join();
        assertThat(alice.direct("bob").room().epoch()).isNotEqualTo(former.epoch());
        String text = "x".repeat(100_000);
        assertThat(reason(test.room("lobby").close(text))).isEqualTo(Reason.TOO_LARGE);
    }

    // ---- a word to one user

    @Test
    void theOperatorTellsAUserWhoMayAnswer() {
        Peer phone = test.account("anna");
        Peer desk = test.account("anna");
        assertThat(reason(phone.opening("operator", BacklogRequest.NOTHING))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(program.tell("ANNA", "hello").join()).isEqualTo(1);
        assertThat(phone.opened).hasSize(1);
        assertThat(desk.opened).hasSize(1);
        Reader atPhone = phone.opened.get(0);
        assertThat(atPhone.snapshot().name()).isEqualTo("operator");
        assertThat(atPhone.read()).contains("#1 operator: hello");
        assertThat(atPhone.say("thanks").seq()).isEqualTo(2);
        assertThat(desk.opened.get(0).readNumbered()).contains("#2 anna: thanks");
        assertThat(test.told).anyMatch(line -> line.endsWith("#2 anna: thanks"));
        assertThat(phone.direct("operator").room()).isSameAs(atPhone.room());
        assertThat(program.tell("anna", "bye").join()).isEqualTo(3);
        phone.opened.get(0).room().close("").join();
        assertThat(reason(phone.opening("operator", BacklogRequest.NOTHING))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(reason(program.tell("nobody", "x"))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(reason(program.tell("operator", "x"))).isEqualTo(Reason.NO_SUCH_USER);
    }

    @Test
    void theOperatorTellsAsManyAsThereAreAndNothingIsLeftOfThem() {
        TestHub small = TestHub.with(bounds -> bounds.maxRoomsPerUser = 1);
        for (int i = 0; i < 20; i++) {
            Peer guest = small.guest("guest-" + i);
            Peer friend = small.guest("friend-" + i);
            Reader direct = friend.direct("guest-" + i);
            direct.say("first").seq();
            assertThat(small.hub.program().tell("guest-" + i, "hello").join()).isEqualTo(1);
            guest.exit();
            friend.exit();
            direct.subscription().close();
            guest.opened.forEach(reader -> reader.subscription().close());
        }
        assertThat(small.hub.operator().directs().open()).isEmpty();
        assertThat(small.hub.operator().rooms()).isEmpty();
        assertThat(small.hub.windowBytes()).isZero();
        Peer again = small.guest("guest-0");
        assertThat(reason(again.opening("operator", BacklogRequest.NOTHING))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(small.hub.program().tell("guest-0", "hello").join()).isEqualTo(1);
    }
}
