package io.parley.sequencer;

import io.parley.journal.KeptCommand;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.RoomState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a sequencer: commands that go to the journal together, or one other task, and what follows from it. The mover
 * alone; its effects happen under no lock.
 */
final class Batch {
    static final int MOST = 128; // commands

    private final List<Task.Order> asked;
    private final List<Task.Order> orders; // of those asked, which may be
    private final List<Entry.Sequenced> entries; // one for each order
    private final List<Runnable> effects = new ArrayList<>(0);
    private final List<Task> following = new ArrayList<>(0);
    private final List<Task.Order> repeats = new ArrayList<>(0); // of those asked, which were ordered before
    private final List<SessionRecord.Image> images = new ArrayList<>(0); // of sessions, to be kept with the entries
    private @Nullable Task other; // the task, if it is no command
    private @Nullable RoomState stateAfter;
    private boolean servers;
    private int judged; // of those asked
    private int told; // of the orders

    Batch(int commands) {
        asked = new ArrayList<>(commands);
        orders = new ArrayList<>(commands);
        entries = new ArrayList<>(commands);
    }

    // ---- what is in it

    void add(Task task) {
        if (task instanceof Task.Order order) {
            asked.add(order);
        } else {
            other = task;
        }
    }

    /** Whether the next task belongs to this batch. There is a task in it. */
    boolean takes(@Nullable Task next) {
        if (other != null || asked.size() >= MOST || !(next instanceof Task.Order order)) {
            return false;
        }
        Task.Order last = asked.get(asked.size() - 1);
        // What removes somebody ends its batch: the next command is judged when the member is out. What moderates
        // shares none with
        // messages: a journal without space may still keep it.
        return !last.removes() && last.moderates() == order.moderates();
    }

    @Nullable
    Task other() {
        return other;
    }

    /** The next command to be judged, or null. */
    Task.@Nullable Order next() {
        return judged < asked.size() ? asked.get(judged) : null;
    }

    void accept(Entry.Sequenced entry, int room) {
        Task.Order order = asked.get(judged);
        order.placed(room, entry.seq());
        orders.add(order);
        entries.add(entry);
        judged++;
    }

    void refuse(RoomException why) {
        Task.Order order = asked.get(judged);
        then(() -> order.outcome().refused(why));
        judged++;
    }

    /** The next command is one that was ordered before. */
    void repeat() {
        repeats.add(asked.get(judged++));
    }

    List<Entry.Sequenced> entries() {
        return entries;
    }

    Command command(int index) {
        return orders.get(index).command();
    }

    /** The state after the entries, or null if they do not change it. */
    @Nullable
    RoomState stateAfter() {
        return stateAfter;
    }

    void stateAfter(@Nullable RoomState state) {
        stateAfter = state;
    }

    /** Adds what of their sessions is to be kept with the commands. */
    void unstored(List<KeyValue> values) {
        Set<SessionRecord> seen = new HashSet<>();
        for (Task.Order order : orders) {
            SessionRecord.Image image = seen.add(order.by().outliving()) ? order.unstored() : null;
            if (image != null) {
                values.add(image.value());
                images.add(image);
            }
        }
    }

    // ---- what follows

    /** Has something done when the batch is over. */
    void then(Runnable effect) {
        effects.add(effect);
    }

    /** Has a task done when the batch is over, in front of all that waits. */
    void follow(Task task) {
        following.add(task);
    }

    List<Task> following() {
        return following;
    }

    /**
     * Takes back what was judged, and tells the commands that turned out to be kept already.
     *
     * @param known where such commands are
     * @param room the room's key in the journal
     * @param number the room's number
     * @return the commands that are to be judged anew
     */
    List<Task.Order> takeBack(List<KeptCommand> known, String room, int number) {
        List<Task.Order> left = new ArrayList<>(orders.size());
        orders.forEach(Task.Order::forgotten);
        for (Task.Order order : orders) {
            KeptCommand kept = find(known, order);
            if (kept == null) {
                left.add(order);
            } else {
                then(() -> order.foundAs(kept, kept.room().equals(room), number));
            }
        }
        left.addAll(repeats); // the first may be among those that were taken back
        repeats.clear();
        told = orders.size();
        entries.clear();
        return left;
    }

    private static @Nullable KeptCommand find(List<KeptCommand> known, Task.Order order) {
        for (KeptCommand one : known) {
            if (one.origin() == order.origin() && one.cid() == order.cid()) {
                return one;
            }
        }
        return null;
    }

    /** Tells the accepted commands that they were kept. */
    void tellKept() {
        images.forEach(image -> Faults.safely(image::kept));
        while (told < orders.size()) {
            long seq = entries.get(told).seq();
            kept(orders.get(told++).outcome(), seq);
        }
    }

    /** Tells all commands that know nothing yet why they are refused. */
    void fail(RoomException why) {
        while (told < orders.size()) {
            Task.Order order = orders.get(told++);
            order.forgotten();
            refused(order.outcome(), why);
        }
        while (judged < asked.size()) {
            refused(asked.get(judged++).outcome(), why);
        }
    }

    // These allocate nothing: they are the last thing that works without memory.

    private static void kept(CommandOutcome outcome, long seq) {
        try {
            outcome.kept(seq);
        } catch (Throwable broken) {
            Faults.report(broken);
        }
    }

    static void refused(CommandOutcome outcome, RoomException why) {
        try {
            outcome.refused(why);
        } catch (Throwable broken) {
            Faults.report(broken);
        }
    }

    void runEffects() {
        for (int i = 0; i < effects.size(); i++) {
            Faults.safely(effects.get(i));
        }
        for (int i = 0; i < repeats.size(); i++) {
            Faults.safely(repeats.get(i)::repeated);
        }
    }

    // ---- while the journal does not answer

    /** Whether a user has asked for something in it, or something is done to the user. */
    boolean concerns(RoomUser user) {
        for (int i = 0; i < orders.size(); i++) {
            boolean target = orders.get(i).command() instanceof Command.Moderate act && act.target() == user.id();
            if (target || orders.get(i).actor().id() == user.id()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the room becomes the server's with it. */
    boolean isServers() {
        return servers;
    }

    void servers(boolean are) {
        servers = are;
    }
}
