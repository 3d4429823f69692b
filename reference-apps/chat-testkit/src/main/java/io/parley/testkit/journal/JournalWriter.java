package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeyValue;
import io.parley.model.Entry;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Writes messages of one session to one room, on from the head that it knows. For one thread. */
final class JournalWriter {
    /** Who has written all messages. */
    static final UserItem ANN = new UserItem(0xA1, UserKind.GUEST, "ann");

    private static final long TIME = 1_700_000_000_000L;
    private static final AtomicLong IDS = new AtomicLong();

    private final Journal journal;
    private final String room;
    private final long origin;
    private long head;
    private long lastCid;

    /** A writer that opens the room, and has not numbered any command. */
    JournalWriter(Journal journal, String room, long origin) {
        this.journal = journal;
        this.room = room;
        this.origin = origin;
        this.head = JournalBench.room(journal, room).head();
    }

    /** A message of a command. */
    static Entry.Sequenced said(long seq, long origin, long cid) {
        return new Entry.Message(seq, TIME + seq, origin, cid, ANN, "no " + cid + " of " + origin, Tags.NONE);
    }

    /** A request with an id of its own. */
    static AppendRequest request(String room, long head, List<Entry.Sequenced> entries) {
        return new AppendRequest(room, head, newId(), entries, null, List.of());
    }

    static UUID newId() {
        return new UUID(0x7465_7374, IDS.incrementAndGet());
    }

    /** A request with a message for each command, numbered on from a head. */
    AppendRequest commands(long behind, long... cids) {
        List<Entry.Sequenced> entries = new ArrayList<>();
        for (long cid : cids) {
            entries.add(said(behind + 1 + entries.size(), origin, cid));
        }
        return request(room, behind, entries);
    }

    /** A request with new messages, on from the head. */
    AppendRequest next(int count) {
        long[] cids = new long[count];
        for (int i = 0; i < count; i++) {
            cids[i] = ++lastCid;
        }
        return commands(head, cids);
    }

    /** A request with new messages, a state and values. */
    AppendRequest next(int count, RoomState state, KeyValue... values) {
        AppendRequest plain = next(count);
        return new AppendRequest(room, head, plain.id(), plain.entries(), state, List.of(values));
    }

    /** Has new messages kept. */
    AppendRequest write(int count) {
        return keep(next(count));
    }

    /** Appends, which must succeed. */
    AppendRequest keep(AppendRequest request) {
        AppendResult result = JournalBench.append(journal, request);
        assertThat(result).as(JournalBench.text(request)).isInstanceOf(AppendResult.Kept.class);
        took(request);
        return request;
    }

    /** Takes a request for kept. */
    void took(AppendRequest request) {
        head = request.head();
    }

    long head() {
        return head;
    }

    void know(long newHead) {
        head = newHead;
    }

    /** The commands of a request, as they are where it was kept. */
    static List<KeptCommand> kept(AppendRequest request) {
        return request.entries().stream()
                .map(entry -> new KeptCommand(request.room(), entry.origin(), entry.cid(), entry.seq()))
                .toList();
    }
}
