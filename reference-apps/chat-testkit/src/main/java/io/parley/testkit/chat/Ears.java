package io.parley.testkit.chat;

import io.parley.client.ChatException;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A listener of a room that notes everything, one line for each event. Any thread may read. */
public final class Ears implements RoomListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>(); // lock
    private final List<Message> messages = new ArrayList<>(); // lock

    /** A listener that was told nothing yet. */
    public Ears() {}

    private void note(String line) {
        lock.lock();
        try {
            lines.add(line);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Everything that was told, in order. A message is {@code sender: text}, a join {@code joined name}, and so on.
     *
     * @return a copy
     */
    public List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The messages, in order.
     *
     * @return a copy
     */
    public List<Message> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many messages came.
     *
     * @return the number of messages
     */
    public int count() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The texts of the messages, in order.
     *
     * @return a copy
     */
    public List<String> texts() {
        return messages().stream().map(Message::text).toList();
    }

    /**
     * The numbers of the messages, in order.
     *
     * @return a copy
     */
    public List<Long> seqs() {
        return messages().stream().map(Message::seq).toList();
    }

    /**
     * Whether a line was told.
     *
     * @param line the whole line
     * @return true if it is one of {@link #lines()}
     */
    public boolean heard(String line) {
        return lines().contains(line);
    }

    @Override
    public void onMessage(Message message) {
        lock.lock();
        try {
            messages.add(message);
            lines.add(message.sender() + ": " + message.text());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onJoined(Member member) {
        note("joined " + member.name());
    }

    @Override
    public void onLeft(UserItem user, String text) {
        note("left " + user.name() + (text.isEmpty() ? "" : ": " + text));
    }

    @Override
    public void onAway(UserItem user, String text) {
        note("away " + user.name());
    }

    @Override
    public void onBack(Member member) {
        note("back " + member.name());
    }

    @Override
    public void onRead(long seq) {
        note("read " + seq);
    }

    @Override
    public void onRenamed(String from, UserItem user) {
        note("renamed " + from + " to " + user.name());
    }

    @Override
    public void onTyping(UserItem user) {
        note("typing " + user.name());
    }

    @Override
    public void onTopic(Entry.TopicChanged change) {
        note("topic of " + change.author().name() + ": " + change.topic());
    }

    @Override
    public void onModerated(Entry.Moderated act) {
        String why = act.text().isEmpty() ? "" : ": " + act.text();
        note(act.author().name() + " " + act.action() + " " + act.target().name() + why);
    }

    @Override
    public void onConfigured(Entry.Configured change) {
        note("settings of " + change.author().name() + ": " + change.settings().inviteOnly() + " "
                + change.settings().memberLimit());
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        note("lost " + fromSeq + "-" + toSeq);
    }

    @Override
    public void onClosed(ChatException why) {
        note("closed " + why.code());
    }
}
