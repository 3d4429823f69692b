package io.parley.apps.server.operator;

import static io.parley.apps.server.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.RoomPlan;
import io.parley.model.RoomSettings;
import io.parley.model.ServerBan;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of an operator, and their answers. */
class OperatorTest {
    private final NioTransport transport = NioTransport.create();
    private final List<String> asked = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ChatServer server;
    private Operator operator;
    private ChatClient anna;
    private ChatRoom lobby;

    @BeforeEach
    void open() throws Exception {
        server = ChatServer.builder()
                .listen(transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .room("lobby")
                .start();
        operator = new Operator(
                Operator.Source.CONSOLE,
                server,
                answers -> asked.add("reload"),
                () -> asked.add("drain"),
                (arguments, answers) -> asked.add("account " + arguments),
                new BanListener() {
                    @Override
                    public void onBan(ServerBan ban) {
                        asked.add("ban " + ban.number() + " " + ban.by());
                    }

                    @Override
                    public void onUnban(ServerBan ban, String by) {
                        asked.add("unban " + ban.number() + " " + by);
                    }
                });
        anna = ChatClient.builder()
                .name("anna")
                .connect(transport, server.addresses().get(0));
        lobby = anna.enter("lobby", new RoomListener() {
            @Override
            public void onMessage(Message message) {
                heard.add(message.sender() + ": " + message.text());
            }

            @Override
            public void onModerated(Entry.Moderated act) {
                heard.add(act.target().name() + " " + act.action() + " " + act.durationMillis() + " " + act.text());
            }
        });
    }

    @AfterEach
    void close() {
        anna.close();
        server.close();
    }

    private void run(String line) {
        answers.clear();
        assertThat(operator.run(line, answers::add))
                .as(line + " gave " + answers)
                .isTrue();
    }

    private void hears(String what) {
        await().untilAsserted(() -> assertThat(heard).contains(what));
    }

    @Test
    void speaksAndSetsTopics() {
        run("/say lobby good   morning");
        assertThat(answers).containsExactly("said in lobby");
        hears("operator: good   morning");
        run("/topic lobby tea and cake");
        assertThat(answers).containsExactly("the topic of lobby is tea and cake");
        await().until(() -> lobby.topic().equals("tea and cake"));
        run("/topic lobby");
        assertThat(answers).containsExactly("lobby has no topic now");
        await().until(() -> lobby.topic().isEmpty());
        run("/broadcast hello");
        run("hello");
        assertThat(answers).containsExactly("said to everybody");
    }

    @Test
    void accountsAreManagedByWhoeverHasThem() {
        run("/account add bob correct horse");
        run("/account list");
        assertThat(asked).containsExactly("account add bob correct horse", "account list");
        assertThat(operator.run("/account", answers::add)).isFalse();
        assertThat(operator.run("account list", answers::add)).isFalse(); // the slash was forgotten
        assertThat(asked).hasSize(2);
    }

    @Test
    void tellsWhoIsWhere() {
        run("/rooms");
        assertThat(answers).containsExactly("lobby, 1 here");
        run("/who");
        assertThat(answers).singleElement().asString().startsWith("anna, a guest, from /127.0.0.1:");
        run("/who lobby");
        assertThat(answers).containsExactly("anna, member, a guest");
        run("/role lobby anna Moderator");
        assertThat(answers).containsExactly("anna is moderator in lobby now");
        run("/who LOBBY");
        assertThat(answers).containsExactly("anna, moderator, a guest");
        run("/stats");
        assertThat(answers).singleElement().asString().startsWith("1 connection, 1 user, 1 room, 0 messages");
        run("/help");
        assertThat(answers).hasSize(OperatorVerb.values().length + 1);
        run("/help ban");
        assertThat(answers)
                .containsExactly(
                        "/ban ROOM|KIND WHOM [10m|2h|7d] [REASON]: keeps somebody out of a room, or off the server;"
                                + " KIND is name, account, address or network");
    }

    @Test
    void mutesAndBansForATime() {
        run("/mute lobby anna 10m too loud");
        assertThat(answers).containsExactly("muted anna in lobby for 10 minutes");
        hears("anna " + io.parley.model.Action.MUTE + " 600000 too loud");
        CompletableFuture<?> said = lobby.say("but");
        await().until(said::isCompletedExceptionally);
        run("/unmute lobby anna");
        assertThat(answers).containsExactly("anna may speak in lobby again");
        lobby.say("ah").join();
        run("/ban lobby anna for good");
        assertThat(answers).containsExactly("banned anna in lobby, until it is lifted");
        hears("anna " + io.parley.model.Action.BAN + " 0 for good");
        assertThat(anna.enterAsync("lobby", 0, message -> {})
                        .handle((room, error) -> error)
                        .join())
                .hasFieldOrPropertyWithValue("code", ErrorCode.BANNED_FROM_ROOM);
        run("/unban lobby anna");
        assertThat(answers).containsExactly("anna may enter lobby again");
        assertThat(anna.enter("lobby", message -> {}).name()).isEqualTo("lobby");
    }

    @Test
    void listsBansAndLiftsThemByNumber() {
        run("/bans lobby");
        assertThat(answers).containsExactly("nobody is banned or muted in lobby");
        run("/mute lobby anna 10m too loud");
        run("/ban lobby anna");
        run("/bans lobby");
        assertThat(answers)
                .containsExactly(
                        "1, anna, muted for 10 minutes, by operator: too loud",
                        "2, anna, banned, until it is lifted, by operator");
        run("/unban lobby 2");
        assertThat(answers).containsExactly("anna may enter lobby again");
        anna.enter("lobby", message -> {});
        run("/unmute lobby 1");
        assertThat(answers).containsExactly("anna may speak in lobby again");
        run("/bans lobby");
        assertThat(answers).containsExactly("nobody is banned or muted in lobby");
    }

    private ChatException refusal(String name) {
        return catchThrowableOfType(
                ChatException.class,
                () -> ChatClient.builder()
                        .name(name)
                        .connect(transport, server.addresses().get(0))
                        .close());
    }

    @Test
    void bansFromTheServerAndSaysUntilWhen() {
        CompletableFuture<ChatException> end = new CompletableFuture<>();
        ChatClient bob = ChatClient.builder()
                .name("bob")
                .listener(new ClientListener() {
                    @Override
                    public void onClosed(ChatException why) {
                        end.complete(why);
                    }
                })
                .connect(transport, server.addresses().get(0));
        run("/bans");
        assertThat(answers).containsExactly("nobody is banned from the server");
        run("/ban name B0B 2h too loud");
        assertThat(answers).containsExactly("banned the name B0B from the server for 2 hours; /unban 1 lifts it");
        await().until(end::isDone);
        assertThat(end.join()).hasMessage("you are banned from this server for 2 hours: too loud");
        bob.close();
        assertThat(refusal("bob")).hasMessageContaining("you are banned from this server for");
        run("/BAN Network 203.0.113.0/24");
        run("/ban address 198.51.100.7 for good");
        run("/bans");
        assertThat(answers)
                .containsExactly(
                        "1, name B0B, banned for 2 hours, by operator: too loud",
                        "2, network 203.0.113.0/24, banned, until it is lifted, by operator",
                        "3, address 198.51.100.7, banned, until it is lifted, by operator: for good");
        run("/unban 1");
        assertThat(answers).containsExactly("lifted ban 1 of the name B0B");
        assertThat(refusal("bob")).isNull();
        assertThat(asked).containsExactly("ban 1 operator", "ban 2 operator", "ban 3 operator", "unban 1 operator");
    }

    /** The words for kinds of bans are no names of rooms here, unless {@code in} is before them. */
    @ParameterizedTest
    @ValueSource(strings = {"name", "account", "address", "network", "in"})
    void bansFromARoomThatIsCalledLikeAKind(String word) {
        anna.enter(word, message -> {});
        try (ChatClient bob = ChatClient.builder()
                .name("bob")
                .connect(transport, server.addresses().get(0))) {
            bob.enter(word, message -> {}); // keeps the room in use
            run("/ban in " + word + " anna 10m");
            assertThat(answers).containsExactly("banned anna in " + word + " for 10 minutes");
            run("/bans " + word);
            assertThat(answers).singleElement().asString().contains("anna, banned for 10 minutes, by operator");
            run("/unban " + word + " anna");
            assertThat(answers).containsExactly("anna may enter " + word + " again");
        }
        run("/bans");
        assertThat(answers).containsExactly("nobody is banned from the server");
        run("/ban IN lobby anna");
        assertThat(answers).containsExactly("banned anna in lobby, until it is lifted");
    }

    @Test
    void liftsUnderTheOldNameAndTheNewOne() {
        run("/ban lobby anna");
        anna.rename("hanna").join();
        run("/unban lobby anna");
        assertThat(answers).containsExactly("anna may enter lobby again");
        run("/ban lobby hanna");
        anna.rename("johanna").join();
        run("/unban lobby johanna");
        assertThat(answers).containsExactly("johanna may enter lobby again");
        anna.enter("lobby", message -> {});
    }

    @Test
    void invites() {
        RoomPlan closed = RoomPlan.DEFAULT.withSettings(RoomSettings.DEFAULT.withInviteOnly(true));
        server.createRoom("staff", closed).join();
        run("/invite staff anna");
        assertThat(answers).containsExactly("invited anna to staff");
        assertThat(anna.enter("staff", message -> {}).name()).isEqualTo("staff");
        run("/uninvite staff anna");
        assertThat(answers).containsExactly("took back the invitation of anna to staff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10x", "10", "0m", "7days"})
    void whatBeginsLikeATimeMustBeOne(String time) {
        assertThat(operator.run("/mute lobby anna " + time + " too loud", answers::add))
                .isFalse();
        assertThat(answers).containsExactly("not done: '" + time + "' is no time; write 30s, 10m, 2h or 7d");
        lobby.say("still here").join();
    }

    @Test
    void kicksFromARoomAndOffTheServer() {
        run("/kick lobby anna");
        assertThat(answers).containsExactly("kicked anna out of lobby");
        hears("anna " + io.parley.model.Action.KICK + " 0 ");
        run("/kick * anna enough of this");
        assertThat(answers).containsExactly("kicked anna off the server");
        await().until(() -> server.connections() == 0);
        answers.clear();
        assertThat(operator.run("/kick * anna", answers::add)).isFalse();
        assertThat(answers).containsExactly("not done: nobody called anna is here");
    }

    @Test
    void reloadsAndDrains() {
        run("/reload");
        run("/drain");
        run("/stop");
        assertThat(asked).containsExactly("reload", "drain", "drain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who",
                "stats",
                "who lobby",
                "kick lobby anna",
                "kick * anna",
                "ban name bob",
                "unban 3",
                "mute lobby anna 10m",
                "say lobby hello",
                "broadcast hello",
                "help ban",
                "drain"
            })
    void aCommandWithoutItsSlashIsNotSaid(String line) {
        assertThat(operator.run(line, answers::add)).isFalse();
        assertThat(answers)
                .containsExactly("not done: a command begins with a slash: /" + line
                        + "; to say it to everybody: /broadcast " + line);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who wins",
                "who wins?",
                "who is it?",
                "Stats",
                "stats are up",
                "kick lobby",
                "kick some anna",
                "say hello",
                "help me",
                "topic of the day: tea",
                "stop shouting"
            })
    void whatOnlyBeginsLikeACommandIsSaid(String line) {
        run(line);
        assertThat(answers).containsExactly("said to everybody");
    }

    @ParameterizedTest
    @CsvSource({
        "/sya lobby x, there is no command /sya",
        "/say lobby, it is /say ROOM TEXT",
        "/kick lobby, it is /kick ROOM|* NAME [REASON]",
        "/kick attic anna, there is no room attic",
        "/mute lobby nob@dy 10m, a name cannot have",
        "/role lobby anna king, a role is",
        "/who attic, there is no room attic",
        "/kick lobby nobody, there is nobody called nobody",
        "/unban lobby anna, anna is not banned in lobby",
        "/unmute lobby 77, 77 is not muted in lobby",
        "/unban lobby nobody, nobody is not banned in lobby",
        "/bans attic, there is no room attic",
        "/ban lobby, it is /ban ROOM|KIND WHOM",
        "/ban in lobby, it is /ban ROOM|KIND WHOM",
        "/ban name, it is /ban ROOM|KIND WHOM",
        "/ban name nob@dy, a name cannot have",
        "/ban name bob 10x, '''10x'' is no time'",
        "/ban account nobody, there is nobody called nobody",
        "/ban account anna, anna is no account",
        "/ban address here, an address looks like 203.0.113.7",
        "/ban address 127.0.0.1, that is this machine",
        "/ban network 192.0.2.1, a network looks like",
        "/unban, it is /unban ROOM|NUMBER [NAME|NUMBER]",
        "/unban 7, the server has no ban 7",
        "/unban lobby, a ban of the server is lifted by its number",
        "/invite lobby nobody, there is nobody called nobody",
        "/invite lobby, it is /invite ROOM NAME",
        "/help sya, there is no command sya",
        "/, there is no command /"
    })
    void saysWhatIsWrong(String line, String words) {
        assertThat(operator.run(line, answers::add)).isFalse();
        assertThat(answers).singleElement().asString().startsWith("not done: " + words);
    }
}
