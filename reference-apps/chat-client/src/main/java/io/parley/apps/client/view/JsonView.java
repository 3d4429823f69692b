package io.parley.apps.client.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.UserItem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints each event as a JSON object in a line of its own, for a program. All characters outside ASCII are escaped, so
 * the text of others is harmless for a terminal as well.
 */
public final class JsonView implements View {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Printer printer;

    public JsonView(Printer printer) {
        this.printer = printer;
    }

    /** Writes the fields of an event after its kind and its room. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator to) throws IOException;
    }

    private void print(String event, @Nullable Place place, Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator to = JSON.createGenerator(line)) {
            to.setHighestNonEscapedChar('~'); // escapes DEL, which is ASCII as well
            to.writeStartObject();
            to.writeStringField("event", event);
            if (place != null) {
                to.writeStringField(place.direct() ? "direct" : "room", place.name());
            }
            fields.write(to);
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        printer.line(line.toString());
    }

    private void text(String event, @Nullable Place place, String name, String text) {
        print(event, place, to -> to.writeStringField(name, text));
    }

    private static void numbers(JsonGenerator to, long seq, long time) throws IOException {
        to.writeNumberField("seq", seq);
        to.writeStringField("time", Instant.ofEpochMilli(time).toString());
    }

    /** The error code, as its name, and when the same may succeed. */
    private static void code(JsonGenerator to, @Nullable ChatException why) throws IOException {
        if (why != null && why.code() != ChatException.NOT_CONNECTED) {
            to.writeStringField("code", ErrorCode.name(why.code()));
        }
        if (why != null && why.retryAfterMillis() > 0) {
            to.writeNumberField("retryAfterMillis", why.retryAfterMillis());
        }
    }

    /** An id is a text: many readers of JSON have no whole numbers of 64 bits. */
    private static void id(JsonGenerator to, String name, long id) throws IOException {
        to.writeStringField(name, Long.toUnsignedString(id));
    }

    @Override
    public void connected(ChatClient client, String server, boolean again) {
        print("connected", null, to -> {
            to.writeStringField("name", client.name());
            id(to, "id", client.user().id());
            to.writeStringField("server", server);
            to.writeBooleanField("again", again);
            to.writeStringField("greeting", client.greeting());
        });
    }

    @Override
    public void connectionLost(String why, Duration delay) {
        print("interrupted", null, to -> {
            to.writeStringField("text", why);
            to.writeNumberField("againAfterMillis", delay.toMillis());
        });
    }

    @Override
    public void notice(String sender, String text) {
        print("notice", null, to -> {
            to.writeStringField("from", sender);
            to.writeStringField("text", text);
        });
    }

    @Override
    public void goingAway(String reason) {
        text("going-away", null, "text", reason);
    }

    @Override
    public void ended(String text, @Nullable ChatException why, int exitCode) {
        print("over", null, to -> {
            to.writeStringField("text", text);
            code(to, why);
            to.writeNumberField("exitCode", exitCode);
        });
    }

    @Override
    public void entered(ChatRoom room, Arrival arrival) {
        print("entered", Place.of(room), to -> {
            to.writeStringField("how", word(arrival));
            to.writeStringField("topic", room.topic());
            to.writeNumberField("count", room.memberCount());
            members(to, room.members());
        });
    }

    private static String word(Arrival arrival) {
        return switch (arrival) {
            case REQUESTED -> "asked";
            case INCOMING -> "called";
        };
    }

    private static void members(JsonGenerator to, List<Member> members) throws IOException {
        to.writeArrayFieldStart("members");
        for (Member member : members) {
            to.writeStartObject();
            to.writeStringField("name", member.name());
            to.writeStringField("role", member.role().name().toLowerCase(Locale.ROOT));
            to.writeBooleanField("guest", member.user().isGuest());
            to.writeEndObject();
        }
        to.writeEndArray();
    }

    @Override
    public void restarted(Place place, ChatRoom room) {
        print("restarted", place, to -> {});
    }

    @Override
    public void unsaid(@Nullable Place place, String text, boolean over) {
        error(text);
    }

    @Override
    public void left(Place place, String why) {
        text("left", place, "text", why);
    }

    @Override
    public void message(Place place, Message message) {
        message("message", place, message);
    }

    private void message(String event, Place place, Message message) {
        print(event, place, to -> {
            numbers(to, message.seq(), message.timeMillis());
            to.writeStringField("from", message.sender());
            id(to, "fromId", message.author().id());
            to.writeStringField("text", message.text());
            to.writeBooleanField("action", EventText.isAction(message));
            to.writeBooleanField("own", message.own());
            to.writeStringField(
                    "kind", message.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        });
    }

    @Override
    public void history(Place place, List<Message> messages) {
        messages.forEach(message -> message(place, message));
    }

    @Override
    public void found(Place place, List<Message> messages, boolean more) {
        messages.forEach(message -> message("found", place, message));
        print("searched", place, to -> {
            to.writeNumberField("count", messages.size());
            to.writeBooleanField("more", more);
        });
    }

    @Override
    public void joined(Place place, String name) {
        text("joined", place, "name", name);
    }

    @Override
    public void parted(Place place, String name, String why) {
        print("parted", place, to -> {
            to.writeStringField("name", name);
            to.writeStringField("text", why);
        });
    }

    @Override
    public void renamed(@Nullable Place place, String from, String to, boolean self) {
        print("renamed", place, json -> {
            json.writeStringField("from", from);
            json.writeStringField("to", to);
            json.writeBooleanField("own", self);
        });
    }

    @Override
    public void typing(Place place, String name) {
        text("typing", place, "name", name);
    }

    @Override
    public void topic(Place place, Entry.TopicChanged change) {
        print("topic", place, to -> {
            numbers(to, change.seq(), change.timeMillis());
            to.writeStringField("from", change.author().name());
            to.writeStringField("topic", change.topic());
        });
    }

    @Override
    public void moderated(Place place, Entry.Moderated act) {
        print("moderated", place, to -> {
            numbers(to, act.seq(), act.timeMillis());
            to.writeStringField("from", act.author().name());
            to.writeStringField("action", act.action().name().toLowerCase(Locale.ROOT));
            to.writeStringField("target", act.target().name());
            to.writeNumberField("durationMillis", act.durationMillis());
            to.writeStringField("text", act.text());
        });
    }

    @Override
    public void configured(Place place, Entry.Configured change) {
        print("configured", place, to -> {
            numbers(to, change.seq(), change.timeMillis());
            to.writeStringField("from", change.author().name());
            to.writeBooleanField("inviteOnly", change.settings().inviteOnly());
            to.writeBooleanField("hidden", change.settings().hidden());
            to.writeNumberField("memberLimit", change.settings().memberLimit());
        });
    }

    @Override
    public void messagesLost(Place place, long count) {
        print("lost", place, to -> to.writeNumberField("count", count));
    }

    @Override
    public void members(ChatRoom room, List<Member> members) {
        print("present", Place.of(room), to -> {
            to.writeNumberField("count", room.memberCount());
            members(to, members);
        });
    }

    @Override
    public void restrictions(ChatRoom room, List<RestrictionItem> restrictions) {
        print("restrictions", Place.of(room), to -> {
            to.writeArrayFieldStart("restrictions");
            for (RestrictionItem item : restrictions) {
                to.writeStartObject();
                to.writeNumberField("number", item.number());
                to.writeStringField("action", item.action().name().toLowerCase(Locale.ROOT));
                to.writeStringField("target", item.user().name());
                to.writeStringField("from", item.by().name());
                to.writeNumberField("remainingMillis", item.remainingMillis());
                to.writeStringField("text", item.text());
                to.writeEndObject();
            }
            to.writeEndArray();
        });
    }

    @Override
    public void ignoring(UserItem user, boolean on) {
        print("ignoring", null, to -> {
            to.writeStringField("name", user.name());
            to.writeBooleanField("guest", user.isGuest());
            to.writeBooleanField("on", on);
        });
    }

    @Override
    public void ignored(List<UserItem> users) {
        print("ignored", null, to -> {
            to.writeArrayFieldStart("users");
            for (UserItem user : users) {
                to.writeStartObject();
                to.writeStringField("name", user.name());
                to.writeBooleanField("guest", user.isGuest());
                to.writeEndObject();
            }
            to.writeEndArray();
        });
    }

    @Override
    public void mine(List<MyRoom> rooms) {
        print("mine", null, to -> {
            to.writeArrayFieldStart("rooms");
            for (MyRoom room : rooms) {
                to.writeStartObject();
                to.writeStringField("name", room.name());
                to.writeBooleanField("direct", room.kind() == RoomKind.DIRECT);
                to.writeNumberField("unread", room.unread());
                to.writeNumberField("mentions", room.mentions());
                to.writeNumberField("read", room.readSeq());
                to.writeNumberField("head", room.head());
                to.writeEndObject();
            }
            to.writeEndArray();
        });
    }

    @Override
    public void rooms(List<RoomItem> rooms) {
        print("rooms", null, to -> {
            to.writeArrayFieldStart("rooms");
            for (RoomItem room : rooms) {
                to.writeStartObject();
                to.writeStringField("name", room.name());
                to.writeNumberField("members", room.members());
                to.writeStringField("topic", room.topic());
                to.writeEndObject();
            }
            to.writeEndArray();
        });
    }

    @Override
    public void answer(@Nullable Place place, String text) {
        text("answer", place, "text", text);
    }

    @Override
    public void error(String text) {
        text("trouble", null, "text", text);
    }

    @Override
    public void refused(ChatException why) {
        print("trouble", null, to -> {
            to.writeStringField("text", "! " + EventText.refusal(why));
            code(to, why);
        });
    }
}
