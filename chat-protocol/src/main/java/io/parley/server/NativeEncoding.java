package io.parley.server;

import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.Snapshot;
import io.parley.room.Encoding;
import io.parley.wire.Configured;
import io.parley.wire.Message;
import io.parley.wire.Moderated;
import io.parley.wire.Notice;
import io.parley.wire.Presence;
import io.parley.wire.Renamed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import io.parley.wire.TopicChanged;
import io.parley.wire.TypingNotice;
import java.nio.ByteBuffer;

/** Entries as frames of the native protocol: the same bytes for every member. */
final class NativeEncoding implements Encoding {

    @Override
    public void encode(RoomRef room, Entry entry, ByteBuffer into) {
        if (!(entry instanceof Entry.Message message)) {
            frame(room, entry).encode(into);
        } else if (room.kind() == RoomKind.ANNOUNCEMENTS) {
            new Notice(message.timeMillis(), message.author(), message.body()).encode(into);
        } else {
            Message.write(
                    into,
                    room.number(),
                    message.seq(),
                    message.timeMillis(),
                    message.origin(),
                    message.cid(),
                    message.author(),
                    message.body(),
                    message.tags());
        }
    }

    private static ServerFrame frame(RoomRef room, Entry entry) {
        int number = room.number();
        if (entry instanceof Entry.Presence presence) {
            return new Presence(number, presence.count(), presence.joined(), presence.left());
        }
        if (entry instanceof Entry.Typing typing) {
            return new TypingNotice(number, typing.user());
        }
        if (entry instanceof Entry.Renamed renamed) {
            return new Renamed(number, renamed.from(), renamed.user());
        }
        if (entry instanceof Entry.TopicChanged change) {
            return new TopicChanged(
                    number,
                    change.seq(),
                    change.timeMillis(),
                    change.origin(),
                    change.cid(),
                    change.author(),
                    change.topic());
        }
        if (entry instanceof Entry.Configured change) {
            return new Configured(
                    number,
                    change.seq(),
                    change.timeMillis(),
                    change.origin(),
                    change.cid(),
                    change.author(),
                    change.settings());
        }
        if (entry instanceof Entry.Other other) { // a later version of the server has written it
            return new Moderated(
                    number,
                    other.seq(),
                    other.timeMillis(),
                    other.origin(),
                    other.cid(),
                    other.author(),
                    Action.OTHER.code(),
                    other.author(),
                    0,
                    0,
                    "");
        }
        Entry.Moderated act = (Entry.Moderated) entry;
        return new Moderated(
                number,
                act.seq(),
                act.timeMillis(),
                act.origin(),
                act.cid(),
                act.author(),
                act.action().code(),
                act.target(),
                act.restriction(),
                act.durationMillis(),
                act.text());
    }

    /** The entry that a frame was made of, as {@link #shown}. */
    static Entry entry(ServerFrame frame) {
        if (frame instanceof Message said) {
            return new Entry.Message(
                    said.seq(), said.timeMillis(), said.origin(), said.cid(), said.author(), said.body(), said.tags());
        }
        if (frame instanceof Presence presence) {
            return new Entry.Presence(presence.count(), presence.joined(), presence.left());
        }
        if (frame instanceof TypingNotice typing) {
            return new Entry.Typing(typing.user());
        }
        if (frame instanceof Renamed renamed) {
            return new Entry.Renamed(renamed.from(), renamed.user());
        }
        if (frame instanceof TopicChanged change) {
            return change.entry();
        }
        if (frame instanceof Configured change) {
            return change.entry();
        }
        return ((Moderated) frame).entry();
    }

    /** An entry as members see it. */
    static Entry.Sequenced shown(Entry.Sequenced entry) {
        return entry instanceof Entry.Moderated act ? act.shown() : entry;
    }

    /** A room as a frame shows it. */
    static RoomSnapshot snapshot(Snapshot snapshot) {
        return new RoomSnapshot(
                snapshot.room().number(),
                snapshot.room().kind(),
                snapshot.name(),
                snapshot.epoch(),
                snapshot.head(),
                snapshot.floor(),
                snapshot.state().topic(),
                snapshot.role(),
                snapshot.state().settings(),
                snapshot.memberCount(),
                snapshot.members(),
                snapshot.peer(),
                snapshot.readSeq());
    }
}
