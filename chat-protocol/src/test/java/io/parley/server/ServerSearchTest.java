package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.journal.NoIndexException;
import io.parley.model.Action;
import io.parley.model.EntryPage;
import io.parley.model.ErrorCode;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.testkit.chat.Peer;
import io.parley.testkit.journal.WrappedJournal;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.HistoryPage;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Message;
import io.parley.wire.Moderate;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Say;
import io.parley.wire.Search;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Searching: what is found, and by whom. */
class ServerSearchTest {
    private static final int SEARCH = 9;

    /** A journal whose searches are answered when the test wants it. */
    private static final class Slow extends WrappedJournal {
        final Queue<CompletableFuture<EntryPage>> asked = new ArrayDeque<>();

        Slow() {
            super(MemoryJournal.withDefaults());
        }

        @Override
        public CompletableFuture<EntryPage> search(String room, SearchQuery query) {
            CompletableFuture<EntryPage> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }
    }

    private static Search search(RoomSnapshot room, String words, long before, int limit) {
        return new Search(SEARCH, room.room(), room.epoch(), words, 0, 0, 0, before, limit);
    }

    private static HistoryPage page(List<ServerFrame> answer) {
        assertThat(answer).singleElement().isInstanceOf(HistoryPage.class);
        return (HistoryPage) answer.get(0);
    }

    private static List<Long> numbers(HistoryPage page) {
        return page.decodeEntries(Wire.DEFAULT_MAX_FRAME).stream()
                .map(frame -> ((Message) frame).seq())
                .toList();
    }

    private static int code(List<ServerFrame> answer) {
        List<Failed> failures = answer.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .toList();
        assertThat(failures).hasSize(1);
        assertThat(answer).noneMatch(HistoryPage.class::isInstance);
        return failures.get(0).code();
    }

    @Test
    void givesPagesTheNewestFirst() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        for (int cid = 1; cid <= 9; cid++) {
            peer.send(say(room.room(), cid, cid % 2 == 0 ? "an even number" : "an odd one"));
        }
        long last = ((Message) script.run(peer).get(8)).seq();
        peer.send(search(room, "EVEN num", 0, 3));
        HistoryPage first = page(script.run(peer));
        assertThat(numbers(first)).containsExactly(last - 1, last - 3, last - 5);
        assertThat(first.more()).isTrue();
        peer.send(search(room, "EVEN num", first.floor(), 3));
        HistoryPage second = page(script.run(peer));
        assertThat(numbers(second)).containsExactly(last - 7);
        assertThat(second.more()).isFalse();
        peer.send(search(room, "", 0, 0));
        assertThat(numbers(page(script.run(peer)))).containsExactly(last);
    }

    @Test
    void aPageHoldsWhatAFrameHolds() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        Tags large = Tags.of("trace", Bytes.of(new byte[1_000]));
        for (int cid = 1; cid <= 150; cid++) {
            peer.send(new Say(room.room(), cid, "word", large));
            script.run(peer);
        }
        List<Long> all = new ArrayList<>();
        long before = 0;
        HistoryPage page;
        do {
            peer.send(search(room, "word", before, 150));
            page = page(script.run(peer));
            all.addAll(numbers(page));
            before = page.floor();
        } while (page.more());
        assertThat(all).hasSize(150).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void onlyMembersFindAnything() {
        Script script = new Script();
        Peer<ServerFrame> alice = script.guest("alice");
        Peer<ServerFrame> bob = script.guest("bob");
        Peer<ServerFrame> carol = script.guest("carol");
        Peer<ServerFrame> dave = script.guest("dave");
        RoomSnapshot room = script.join(alice, "lobby").snapshot();
        script.join(bob, "lobby");
        script.join(carol, "lobby");
        alice.send(say(room.room(), 1, "a secret word"));
        script.run(alice);
        bob.send(search(room, "secret", 0, 10));
        script.run(alice);
        assertThat(script.run(bob)).anyMatch(HistoryPage.class::isInstance);
        dave.send(search(room, "secret", 0, 10));
        assertThat(code(script.run(dave))).as("a stranger").isEqualTo(ErrorCode.NOT_A_MEMBER);
        carol.send(new Leave(1, room.room()));
        script.run(carol);
        carol.send(search(room, "secret", 0, 10));
        assertThat(code(script.run(carol))).as("a former member").isEqualTo(ErrorCode.NOT_A_MEMBER);
        alice.send(new Moderate(room.room(), 2, Action.BAN.code(), script.id("bob"), 0, 0, "why"));
        script.run(alice);
        script.run(bob);
        bob.send(search(room, "secret", 0, 10));
        assertThat(code(script.run(bob))).as("a banned member").isEqualTo(ErrorCode.NOT_A_MEMBER);
        // In the same read as the request that ends the membership.
        Peer<ServerFrame> erin = script.guest("erin");
        script.join(erin, "lobby");
        erin.send(new Leave(1, room.room()), search(room, "secret", 0, 10));
        assertThat(code(script.run(erin))).as("who has just left").isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aConversationIsSearchedByItsTwo() {
        Script script = new Script();
        Peer<ServerFrame> alice = script.guest("alice");
        Peer<ServerFrame> bob = script.guest("bob");
        Peer<ServerFrame> eve = script.guest("eve");
        alice.send(new Direct(1, script.id("bob"), null, 0));
        RoomSnapshot talk = ((Joined) script.run(alice).get(0)).snapshot();
        alice.send(say(talk.room(), 1, "a secret word"));
        script.run(alice);
        script.run(bob);
        bob.send(search(talk, "secret", 0, 10));
        assertThat(numbers(page(script.run(bob)))).hasSize(1);
        eve.send(search(talk, "secret", 0, 10));
        assertThat(code(script.run(eve))).isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void refusesWhatMakesNoSense() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        peer.send(new Search(1, room.room(), room.epoch() + 1, "word", 0, 0, 0, 0, 10));
        assertThat(code(script.run(peer))).isEqualTo(ErrorCode.WRONG_EPOCH);
        peer.send(search(room, "x".repeat(SearchQuery.MOST_CHARS + 1), 0, 10));
        assertThat(code(script.run(peer))).isEqualTo(ErrorCode.TOO_LARGE);
        long most = Long.MAX_VALUE;
        peer.send(new Search(1, room.room(), room.epoch(), "word", -1, most, most, most, Integer.MAX_VALUE));
        assertThat(numbers(page(script.run(peer)))).isEmpty();
    }

    @Test
    void oneSearchIsUnderWayAtATime() {
        Slow journal = new Slow();
        Script script = new Script(builder -> builder.journal(journal));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        peer.send(search(room, "word", 0, 10));
        assertThat(script.run(peer)).isEmpty();
        peer.send(search(room, "word", 0, 10));
        assertThat(code(script.run(peer))).isEqualTo(ErrorCode.RATE_LIMITED);
        journal.asked.remove().complete(new EntryPage(List.of(), 1, 0, false));
        assertThat(numbers(page(script.run(peer)))).isEmpty();
        peer.send(search(room, "word", 0, 10));
        assertThat(script.run(peer)).isEmpty();
        journal.asked.remove().completeExceptionally(new NoIndexException());
        assertThat(code(script.run(peer))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    /** What members have not seen yet is not found. */
    @Test
    void searchesWhatWasPublished() {
        List<SearchQuery> asked = new ArrayList<>();
        Journal journal = new WrappedJournal(MemoryJournal.withDefaults()) {
            @Override
            public CompletableFuture<EntryPage> search(String room, SearchQuery query) {
                asked.add(query);
                return super.search(room, query);
            }
        };
        Script script = new Script(builder -> builder.journal(journal));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        peer.send(say(room.room(), 1, "word"));
        long seq = ((Message) script.run(peer).get(0)).seq();
        for (long before : new long[] {0, 1, seq, Long.MAX_VALUE}) {
            peer.send(search(room, "word", before, 1_000_000));
            script.run(peer);
        }
        assertThat(asked).extracting(SearchQuery::before).containsExactly(seq + 1, 1L, seq, seq + 1);
        assertThat(asked).allMatch(query -> query.limit() <= 200);
    }
}
