package io.parley.testkit.gateway;

import static java.util.Objects.requireNonNull;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.RoomKind;
import io.parley.model.Tags;
import io.parley.wire.Ack;
import io.parley.wire.Bye;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Find;
import io.parley.wire.Found;
import io.parley.wire.Frame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Gap;
import io.parley.wire.Goaway;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Moderate;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Notice;
import io.parley.wire.Opened;
import io.parley.wire.Password;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Presence;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.Renamed;
import io.parley.wire.RoomClosed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Rooms;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import io.parley.wire.TopicChanged;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** A user of the native protocol. One thread at a time. */
final class NativeSpeaker implements Speaker {
    private static final int LAST = 10; // so many messages are asked for when a room is joined

    private static final byte SAY = 0x20; // the type; a header is that and three bytes of length

    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES);
    private final Map<Long, String> said = new HashMap<>(); // by cid
    private final Map<Long, LongFunction<Frame>> wishes = new HashMap<>(); // for users, by the request that finds them
    private final Map<Long, String> directs =
            new HashMap<>(); // first words, by the request that opens the conversation
    private final Map<Integer, RoomSnapshot> rooms = new HashMap<>(); // as they were when they began, by number
    private String name = "";
    private long origin;
    private long request;
    private long cid;
    private int room;

    // ---- what the user wants

    @Override
    public byte[] login(String wanted) {
        return hello(Wire.GUEST, wanted);
    }

    @Override
    public byte[] login(String account, String password) {
        return hello(Wire.PLAIN, "\0" + account + "\0" + password);
    }

    @Override
    public byte[] register(String account, String password, String code) {
        return hello(Wire.REGISTER, account + "\0" + password + "\0" + code);
    }

    private static byte[] hello(String mechanism, String response) {
        byte[] preface = Wire.PREFACE.toArray();
        Bytes initial = Bytes.of(response.getBytes(StandardCharsets.UTF_8));
        byte[] hello = new Hello(1, 1, 0, "test", mechanism, initial, Bytes.EMPTY).toBytes();
        return ByteBuffer.allocate(preface.length + hello.length)
                .put(preface)
                .put(hello)
                .array();
    }

    @Override
    public byte[] password(String old, String next) {
        return new Password(++request, old, next).toBytes();
    }

    @Override
    public byte[] join(String wanted) {
        return new Join(++request, wanted, null, LAST, "").toBytes();
    }

    @Override
    public byte[] say(String text) {
        return say(room, text).toBytes();
    }

    @Override
    public byte[] sayIn(String wanted, String text) {
        return say(number(RoomKind.ROOM, wanted), text).toBytes();
    }

    private Frame say(int number, String text) {
        said.put(++cid, text);
        return new Say(number, cid, text, Tags.NONE);
    }

    private int number(RoomKind kind, String wanted) {
        return rooms.values().stream()
                .filter(one -> one.kind() == kind && one.name().equals(wanted))
                .mapToInt(RoomSnapshot::room)
                .findFirst()
                .orElse(0);
    }

    @Override
    public byte[] leave() {
        return new Leave(++request, room).toBytes();
    }

    @Override
    public byte[] goodbye() {
        return new Bye("").toBytes();
    }

    @Override
    public byte[] ask() {
        return new Rooms(++request, "", 200).toBytes();
    }

    @Override
    public byte[] garbage() {
        return "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] half() {
        return new byte[] {SAY, 0, 0, 9};
    }

    @Override
    public byte[] oversized(int bytes) {
        return new byte[] {SAY, (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes};
    }

    @Override
    public byte[] direct(String to, String text) {
        int known = number(RoomKind.DIRECT, to);
        if (known != 0) {
            return say(known, text).toBytes();
        }
        return find(to, user -> {
            directs.put(++request, text);
            return new Direct(request, user, null, 0);
        });
    }

    /** Asks for a user's id, and then for what is wanted of it. */
    private byte[] find(String user, LongFunction<Frame> then) {
        wishes.put(++request, then);
        return new Find(request, user).toBytes();
    }

    @Override
    public byte[] rename(String wanted) {
        return new Nick(++request, wanted).toBytes();
    }

    @Override
    public byte[] topic(String topic) {
        return new SetTopic(room, ++cid, topic).toBytes();
    }

    @Override
    public byte[] kick(String target) {
        return find(target, user -> new Moderate(room, ++cid, Action.KICK.code(), user, 0, 0, ""));
    }

    // ---- what the user hears

    @Override
    public void hear(ByteBuffer bytes, Hearing hearing) {
        for (ServerFrame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
            if (!ofConnection(frame, hearing)) {
                ofRoom(frame, hearing);
            }
        }
    }

    private boolean ofConnection(ServerFrame frame, Hearing to) {
        if (frame instanceof Welcome welcome) {
            name = welcome.user().name();
            origin = welcome.origin();
            to.heard(new Heard.LoggedIn(name));
        } else if (frame instanceof Refused refused) {
            to.heard(new Heard.Refused(refused.code(), refused.text()));
        } else if (frame instanceof Failed failed) {
            to.heard(new Heard.Refused(failed.code(), failed.text()));
        } else if (frame instanceof Rejected rejected) {
            to.heard(new Heard.Refused(rejected.code(), rejected.text()));
        } else if (frame instanceof Found found) {
            to.reply(requireNonNull(wishes.remove(found.id()))
                    .apply(found.user().id())
                    .toBytes());
        } else if (frame instanceof Named named) {
            to.heard(new Heard.Renamed(name, named.name()));
            name = named.name();
        } else if (frame instanceof Notice notice) {
            to.heard(new Heard.Announced(notice.body()));
        } else if (frame instanceof Goaway goaway) {
            to.heard(new Heard.GoingAway(goaway.text()));
        } else if (frame instanceof Ping ping) {
            to.pinged(new Pong(ping.nonce()).toBytes());
        } else {
            return false;
        }
        return true;
    }

    private void ofRoom(ServerFrame frame, Hearing to) {
        if (frame instanceof Joined joined) {
            onJoined(joined, to);
        } else if (frame instanceof Opened opened) {
            rooms.put(opened.snapshot().room(), opened.snapshot());
        } else if (frame instanceof Message message) {
            to.heard(heard(message));
        } else if (frame instanceof Ack ack) {
            to.heard(new Heard.Own(String.valueOf(said.get(ack.cid()))));
        } else if (frame instanceof Gap) {
            to.heard(new Heard.Missed());
        } else if (frame instanceof TopicChanged change) {
            to.heard(new Heard.Topic(change.topic()));
        } else if (frame instanceof Renamed renamed) {
            to.heard(new Heard.Renamed(renamed.from(), renamed.user().name()));
        } else if (frame instanceof Left) {
            to.heard(new Heard.Left());
        } else if (frame instanceof RoomClosed closed) {
            to.heard(new Heard.Ended(closed.code(), closed.text()));
        } else if (frame instanceof Presence presence) {
            presence.left().forEach(one -> to.heard(new Heard.Went(one.user().name())));
            presence.joined().stream()
                    .filter(one -> !one.name().equals(name))
                    .forEach(one -> to.heard(new Heard.Came(one.name())));
        } // else it is nothing that the contracts ask for
    }

    private void onJoined(Joined joined, Hearing to) {
        RoomSnapshot snapshot = joined.snapshot();
        rooms.put(snapshot.room(), snapshot);
        String firstWords = directs.remove(joined.id());
        if (firstWords != null) {
            to.reply(say(snapshot.room(), firstWords).toBytes());
            return;
        }
        room = snapshot.room();
        to.heard(new Heard.Joined(snapshot.name()));
        if (!snapshot.topic().isEmpty()) {
            to.heard(new Heard.Topic(snapshot.topic()));
        }
    }

    private Heard heard(Message message) {
        RoomSnapshot in = rooms.get(message.room());
        if (in == null) {
            throw new IllegalStateException("a message of a room that has not begun: " + message);
        }
        if (message.seq() <= in.head()) {
            return new Heard.SaidBefore(message.author().name(), message.body());
        }
        if (message.origin() == origin) {
            return new Heard.Own(message.body());
        }
        return in.kind() == RoomKind.DIRECT
                ? new Heard.Wrote(message.author().name(), message.body())
                : new Heard.Said(in.name(), message.author().name(), message.body());
    }
}
