package io.parley.apps.client.screen;

import io.parley.apps.client.view.EventText;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Line.Kind;
import io.parley.client.Message;
import java.util.regex.Pattern;

/** Makes lines of messages, and finds mentions of the user. The callback thread only. */
final class MessageLines {
    private static final Pattern NO_MENTION = Pattern.compile("(?!)");

    private String name = "";
    private Pattern mention = NO_MENTION; // the name of the user as a word

    String name() {
        return name;
    }

    /** Sets the name of the user. */
    void name(String value) {
        name = value;
        mention = Pattern.compile(
                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    Line line(Message message) {
        Kind kind = EventText.isAction(message)
                ? Kind.ACTION
                : message.own() ? Kind.OWN : isMention(message) ? Kind.MENTION : Kind.MESSAGE;
        return new Line(message.timeMillis(), message.seq(), kind, message.sender(), message.text());
    }

    /** A message of the user that is not said yet. */
    Line pending(long time, String text, boolean action) {
        return action
                ? new Line(time, 0, Kind.PENDING, "", "* " + name + " " + text)
                : new Line(time, 0, Kind.PENDING, name, text);
    }

    /** The text of the line that is pending until a message is said. */
    String pendingText(Message message) {
        return pending(0, message.text(), EventText.isAction(message)).text();
    }

    boolean isMention(Message message) {
        return mention.matcher(message.text()).find();
    }
}
