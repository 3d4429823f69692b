package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands that act on others, and those about one person. */
@Timeout(300)
class ModerationTest {
    private ServerApp server;
    private String place;

    @BeforeEach
    void start() throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        server = ServerApp.start(ServerSettings.DEFAULT.onPort(0), InputStream.nullInputStream(), nowhere);
        place = "@127.0.0.1:" + ((InetSocketAddress) server.addresses().get(0)).getPort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Person person(String name) throws IOException {
        return new Person(Mode.TERMINAL, name + place, "games");
    }

    @Test
    void kicksAndBans() throws IOException {
        try (Person alice = person("alice").sees("[games] operator made alice an owner");
                Person bob = person("bob")) {
            alice.sees("[games] --> bob").types("/kick bob too loud");
            alice.sees("[games] alice kicked bob (too loud)", "[games] <-- bob (kicked: too loud)");
            bob.sees("[games] <-- you (kicked: too loud)").types("/join games");
            alice.sees("[games] --> bob", "[games] <-- bob (kicked: too loud)", "[games] --> bob");
            alice.types("/ban BOB 2h again").sees("[games] alice banned bob for 2 hours (again)");
            bob.sees("[games] <-- you (banned for 2 hours: again)")
                    .types("/join games")
                    .isTold("for 2 hours");
            alice.types("/bans").sees("[games] 3 bob: banned for 2 hours by alice (again)");
            alice.types("/unban bob").sees("[games] alice lifted the ban on bob");
            bob.types("/join games");
            alice.sees("[games] alice lifted the ban on bob", "[games] --> bob");
            alice.types("/bans").sees("[games] nobody is banned or muted here");
            alice.types("/unban bob").isTold("! bob is not banned here");
        }
    }

    @Test
    void mutesAndGivesTheVoiceBack() throws IOException {
        try (Person alice = person("alice").sees("[games] operator made alice an owner");
                Person bob = person("bob")) {
            alice.sees("[games] --> bob").types("/mute bob 5m").sees("[games] alice muted bob for 5 minutes");
            bob.sees("[games] alice muted bob for 5 minutes").types("hm");
            bob.isTold("not said: hm (you are muted in this room for 5 minutes)");
            alice.types("/unmute 2").sees("[games] alice gave the voice back to bob");
            bob.sees("[games] alice gave the voice back to bob").types("ah");
            alice.sees("[games] bob: ah").types("/mute bob being tired").sees("[games] alice muted bob (being tired)");
            alice.types("/mute bob 5x").isTold("! '5x' is no time; write 30s, 10m, 2h or 7d");
            alice.types("/unmute 77").isTold("! there is no mute 77");
        }
    }

    @Test
    void givesRoles() throws IOException {
        try (Person alice = person("alice").sees("[games] operator made alice an owner");
                Person bob = person("bob")) {
            alice.sees("[games] --> bob").types("/role bob Moderator").sees("[games] alice made bob a moderator");
            alice.types("/who").sees("[games] 2 here: alice (owner, guest), bob (moderator, guest)");
            alice.types("/role bob king").isTold("! it is: /role NAME owner|moderator|member");
            bob.types("/kick alice").isTold("! ");
            alice.types("/role nobody owner").isTold("! there is nobody called nobody");
            alice.types("/role alice member").isTold("! a room keeps an owner");
            alice.types("/role bob owner", "/role alice member").sees("[games] alice made alice a plain member");
            alice.types("/who").sees("[games] 2 here: alice (guest), bob (owner, guest)");
        }
    }

    @Test
    void invites() throws IOException {
        try (Person alice = person("alice").sees("[games] operator made alice an owner");
                Person bob = new Person(Mode.TERMINAL, "bob" + place)) {
            bob.sees("[lobby] --> you; 1 here: bob (guest)");
            alice.types("/invite bob").sees("[games] alice invited bob");
            alice.types("/invite nobody").isTold("! there is nobody called nobody");
        }
    }

    @Test
    void opensAConversation() throws IOException {
        try (Person alice = person("alice").sees("[games] operator made alice an owner");
                Person bob = person("bob")) {
            alice.sees("[games] --> bob").types("/query bob").sees("[bob] the conversation with bob is open");
            alice.types("/msg bob psst").sees("[games] --> bob");
            bob.sees("[alice -> you] psst");
            alice.types("/query nobody").isTold("! there is nobody called nobody");
        }
    }

    /** A name means who has it when it is typed, and a conversation is with whom it was opened. */
    @Test
    void whoHasTheNameNowIsMeant() throws IOException {
        try (Person alice = person("alice").sees("[games] operator made alice an owner")) {
            try (Person bob = person("bob")) {
                alice.sees("[games] --> bob").types("/msg bob one");
                bob.sees("[alice -> you] one");
            }
            alice.sees("[games] <-- bob");
            try (Person other = person("bob")) {
                alice.sees("[games] <-- bob", "[games] --> bob").types("/msg bob two");
                other.sees("[alice -> you] two");
                assertThat(alice.complaints()).isEmpty();
            }
        }
    }
}
