package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.model.ServerBan;
import io.parley.testkit.chat.Ears;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One cell of the table: a room, somebody in it who is restricted, and what it can do afterwards. */
final class RestrictionCell {
    /** The table: what is expected of each way. "none" is a restriction that cannot be imposed. */
    static final String EXPECTED = """
            GUEST ROOM_BAN: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            GUEST ROOM_MUTE: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            GUEST NAME: RENAME bound, RECONNECT bound, NEW_NAME free, SECOND_DEVICE free, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            GUEST ACCOUNT: RENAME none, RECONNECT none, NEW_NAME none, SECOND_DEVICE none, OTHER_GATEWAY none, OTHER_ADDRESS none
            GUEST ADDRESS: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            GUEST NETWORK: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            ACCOUNT ROOM_BAN: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT ROOM_MUTE: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT NAME: RENAME bound, RECONNECT bound, NEW_NAME free, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT ACCOUNT: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT ADDRESS: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            ACCOUNT NETWORK: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            """;

    /** A kind of restriction. */
    enum Kind {
        /** A ban of one room. */
        ROOM_BAN,
        /** A mute in one room. */
        ROOM_MUTE,
        /** A ban of the server, by name. */
        NAME,
        /** A ban of the server, by account. */
        ACCOUNT,
        /** A ban of the server, by address. */
        ADDRESS,
        /** A ban of the server, by network. */
        NETWORK
    }

    /** How somebody comes back. */
    enum Way {
        /** Under another name, on the same connection. */
        RENAME,
        /** Under the same name, on another connection. */
        RECONNECT,
        /** Under another name, on another connection. */
        NEW_NAME,
        /** On another connection, while the first is open if it may: a guest under another name. */
        SECOND_DEVICE,
        /** By another protocol, under the same name. */
        OTHER_GATEWAY,
        /** From another address, under the same name. */
        OTHER_ADDRESS
    }

    private final Stage stage;
    private final Doorman doorman;
    private final boolean account;
    private final Kind kind;
    private final String room;
    private final String name;
    private final String other;
    private final String address;
    private final String elsewhere;
    private final String network;
    private final Ears ears = new Ears();

    RestrictionCell(Stage stage, Doorman doorman, int number, boolean account, Kind kind) {
        this.stage = stage;
        this.doorman = doorman;
        this.account = account;
        this.kind = kind;
        this.room = "room" + number;
        this.name = "pat" + number;
        this.other = "sam" + number;
        this.address = "198.51." + number + ".7";
        this.elsewhere = "203.0.113." + number;
        this.network = "198.51." + number + ".0/24";
    }

    String outcome(Way way) {
        doorman.address = "192.0.2.1";
        ChatClient owner = stage.client("owner-of-" + room);
        stage.await(owner.enterAsync(room, 0, ears));
        doorman.address = address;
        if (account) {
            doorman.accounts.put(name, "id of " + name);
            doorman.accounts.put(other, "id of " + name);
        }
        boolean natively = way == Way.RENAME && !stage.can(Ability.RENAME);
        Visitor first = natively ? client(name) : talker(name);
        assertThat(first.enters()).isTrue();
        if (!impose()) {
            return "none";
        }
        if (kind != Kind.ROOM_BAN && kind != Kind.ROOM_MUTE) {
            stage.settle(name + " is out", first::isOver);
        }
        boolean free = isFree(way, first);
        first.goes();
        return free ? "free" : "bound";
    }

    private boolean isFree(Way way, Visitor first) {
        if (way == Way.RENAME) {
            return !first.isOver() && first.renames(other) && first.enters() && first.speaks();
        }
        if (way != Way.SECOND_DEVICE) {
            first.goes();
        }
        doorman.address = way == Way.OTHER_ADDRESS ? elsewhere : address;
        boolean renamed = way == Way.NEW_NAME || (way == Way.SECOND_DEVICE && !account);
        String next = renamed ? other : name;
        Visitor second = way == Way.OTHER_GATEWAY ? client(next) : talker(next);
        boolean free = second.enters() && second.speaks();
        second.goes();
        return free;
    }

    private boolean impose() {
        Duration duration = Duration.ofHours(1);
        try {
            if (kind == Kind.ROOM_BAN || kind == Kind.ROOM_MUTE) {
                Action action = kind == Kind.ROOM_BAN ? Action.BAN : Action.MUTE;
                stage.await(stage.server().moderate(room, action, name, duration, "enough"));
            } else {
                String subject = kind == Kind.ADDRESS ? address : kind == Kind.NETWORK ? network : name;
                ServerBan.Kind by = ServerBan.Kind.valueOf(kind.name());
                stage.await(stage.server().hub().bans().add(by, subject, duration, "operator", "enough"));
            }
            return true;
        } catch (RoomException no) {
            assertThat(no.reason()).isEqualTo(RoomException.Reason.NO_SUCH_USER);
            return false;
        }
    }

    /** Somebody who comes in, or is kept out. */
    interface Visitor {
        boolean enters();

        boolean speaks();

        boolean renames(String to);

        boolean isOver();

        void goes();
    }

    private Visitor talker(String called) {
        Talker talker = stage.talker();
        talker.send(speaker -> speaker.login(called));
        talker.await(
                "logged in or not", () -> !talker.heard(Heard.LoggedIn.class).isEmpty() || talker.isOver());
        return new Visitor() {
            @Override
            public boolean enters() {
                if (talker.isOver()) {
                    return false;
                }
                int before = talker.heard(Heard.Joined.class).size();
                int refused = talker.heard(Heard.Refused.class).size();
                talker.send(speaker -> speaker.join(room));
                talker.await(
                        "in or not",
                        () -> talker.heard(Heard.Joined.class).size() > before
                                || talker.heard(Heard.Refused.class).size() > refused);
                return talker.heard(Heard.Joined.class).size() > before;
            }

            @Override
            public boolean speaks() {
                int refused = talker.heard(Heard.Refused.class).size();
                talker.say("it is " + called);
                talker.await(
                        "heard or not",
                        () -> ears.heard(called + ": it is " + called)
                                || talker.heard(Heard.Refused.class).size() > refused);
                return ears.heard(called + ": it is " + called);
            }

            @Override
            public boolean renames(String to) {
                int refused = talker.heard(Heard.Refused.class).size();
                talker.send(speaker -> speaker.rename(to));
                talker.await(
                        "renamed or not",
                        () -> stage.isHere(to)
                                || talker.heard(Heard.Refused.class).size() > refused);
                return stage.isHere(to);
            }

            @Override
            public boolean isOver() {
                return talker.isOver();
            }

            @Override
            public void goes() {
                talker.abort();
                stage.settle(called + " has gone", () -> account || !stage.isHere(called));
            }
        };
    }

    private Visitor client(String called) {
        CompletableFuture<ChatClient> connecting = stage.builder(called)
                .connectAsync(
                        stage.fixture().transport(), stage.server().addresses().get(0));
        return new Visitor() {
            private CompletableFuture<ChatRoom> entering = new CompletableFuture<>();

            @Override
            public boolean enters() {
                entering = connecting.thenCompose(client -> client.enterAsync(room, 0, new Ears()));
                return passes(entering, ErrorCode.BANNED_FROM_ROOM, ErrorCode.BANNED);
            }

            @Override
            public boolean speaks() {
                return passes(entering.join().say("it is " + called), ErrorCode.MUTED);
            }

            @Override
            public boolean renames(String to) {
                return passes(connecting.join().rename(to), ErrorCode.MUTED, ErrorCode.FORBIDDEN);
            }

            @Override
            public boolean isOver() {
                return connecting.isCompletedExceptionally()
                        || connecting.join().closed().isDone();
            }

            @Override
            public void goes() {
                if (!connecting.isCompletedExceptionally()) {
                    stage.await(connecting.join().closeAsync());
                    stage.settle(called + " has gone", () -> account || !stage.isHere(called));
                }
            }
        };
    }

    private boolean passes(CompletableFuture<?> request, Integer... codes) {
        stage.settle("answered", request::isDone);
        try {
            request.join();
            return true;
        } catch (CompletionException no) {
            assertThat(((ChatException) Objects.requireNonNull(no.getCause())).code())
                    .isIn((Object[]) codes);
            return false;
        }
    }
}
