package io.parley.server;

import io.parley.model.Entry;
import io.parley.model.RoomException;
import java.util.ArrayList;
import java.util.List;

/** Notes what a bot hears, as lines; {@link #take} gives those that came since the last time. */
class BotEars implements BotListener {
    private final List<String> lines = new ArrayList<>();

    synchronized void note(String line) {
        lines.add(line);
    }

    synchronized List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void onMessage(BotRoom room, Entry.Message message) {
        note(room.name() + " " + message.author().name() + ": " + message.body());
    }

    @Override
    public void onEntry(BotRoom room, Entry entry) {
        if (entry instanceof Entry.TopicChanged change) {
            note(room.name() + " topic " + change.topic());
        } else if (entry instanceof Entry.Moderated act) {
            note(room.name() + " " + act.author().name() + " " + act.action() + " "
                    + act.target().name() + (act.imposed() == null ? "" : " imposed"));
        } else if (entry instanceof Entry.Renamed renamed) {
            note(room.name() + " " + renamed.from() + " is " + renamed.user().name());
        } else if (entry instanceof Entry.Configured change) {
            note(room.name() + " settings of " + change.author().name());
        } else if (entry instanceof Entry.Typing typing) {
            note(room.name() + " typing " + typing.user().name());
        }
    }

    @Override
    public void onOpened(BotRoom room) {
        note("opened " + room.name());
    }

    @Override
    public void onMissed(BotRoom room, long from, long to) {
        note(room.name() + " missed " + from + "-" + to);
    }

    @Override
    public void onEnded(BotRoom room, RoomException why) {
        note("ended " + room.name() + " " + why.reason());
    }

    @Override
    public void onClosed(String why) {
        note("closed " + why);
    }
}
