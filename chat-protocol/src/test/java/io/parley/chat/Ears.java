package io.parley.chat;

import io.parley.client.ChatException;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.RoomListener;
import io.parley.model.Entry;
import io.parley.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Notes all that it is told of a room, a line for each. Any thread reads. */
public final class Ears implements RoomListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>(); // lock
    private final List<Message> messages = new ArrayList<>(); // lock

    private void note(String line) {
        lock.lock();
        try {
            lines.add(line);
        } finally {
            lock.unlock();
        }
    }

    /** Everything, in the order in which it was told. */
    public List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    public List<Message> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    public int count() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    public List<String> texts() {
        return messages().stream().map(Message::text).toList();
    }

    public List<Long> seqs() {
        return messages().stream().map(Message::seq).toList();
    }

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
    public void onLeft(String name, String text) {
        note("left " + name + (text.isEmpty() ? "" : ": " + text));
    }

    @Override
    public void onRenamed(String from, String to) {
        note("renamed " + from + " to " + to);
    }

    @Override
    public void onTyping(String name) {
        note("typing " + name);
    }

    @Override
    public void onTopic(Entry.TopicChanged change) {
        note("topic of " + change.actor() + ": " + change.topic());
    }

    @Override
    public void onModerated(Moderation act) {
        String why = act.text().isEmpty() ? "" : ": " + act.text();
        note(act.actor() + " " + act.action() + " " + act.target() + why);
    }

    @Override
    public void onConfigured(Entry.Configured change) {
        note("settings of " + change.actor() + ": " + change.settings().inviteOnly() + " "
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
