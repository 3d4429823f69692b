package io.parley.apps.client.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.parley.apps.client.Person;
import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonViewTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream to = new PrintStream(out, true, UTF_8);
    private final JsonView view = new JsonView(new Printer(to, to));

    @Test
    void anEventIsAnObjectInALineOfItsOwn() {
        view.message(
                new Place("lobby", false),
                new Message(
                        7,
                        0,
                        new UserItem(2, UserKind.GUEST, "bob"),
                        "a \"b\"\n\u001B[2Jü",
                        Tags.NONE,
                        false,
                        MessageKind.CATCH_UP));
        view.joined(new Place("lobby", false), "ann");
        view.messagesLost(new Place("bob", true), 3);
        view.error("! no");
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"message\",\"room\":\"lobby\",\"seq\":7,\"time\":\"1970-01-01T00:00:00Z\",\"from\":\"bob\",\"fromId\":\"2\","
                                + "\"text\":\"a \\\"b\\\"\\n\\u001B[2J\\u00FC\",\"action\":false,\"own\":false,\"kind\":\"catch-up\"}",
                        "{\"event\":\"joined\",\"room\":\"lobby\",\"name\":\"ann\"}",
                        "{\"event\":\"lost\",\"direct\":\"bob\",\"count\":3}",
                        "{\"event\":\"trouble\",\"text\":\"! no\"}");
    }

    @Test
    void whatWasFoundEndsWithACount() {
        Message message =
                new Message(7, 0, new UserItem(2, UserKind.GUEST, "bob"), "hi", Tags.NONE, false, MessageKind.HISTORY);
        view.found(new Place("lobby", false), List.of(message), true);
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"found\",\"room\":\"lobby\",\"seq\":7,\"time\":\"1970-01-01T00:00:00Z\",\"from\":\"bob\","
                                + "\"fromId\":\"2\",\"text\":\"hi\",\"action\":false,\"own\":false,\"kind\":\"history\"}",
                        "{\"event\":\"searched\",\"room\":\"lobby\",\"count\":1,\"more\":true}");
    }

    @Test
    void everyControlCharacterIsEscapedAsJsonHasIt() throws Exception {
        String all = IntStream.range(0, 0x180).mapToObj(Character::toString).collect(Collectors.joining());
        view.error(all);
        String line = out.toString(UTF_8).strip();
        assertThat(line).matches("[ -~]*");
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            parser.nextFieldName();
            parser.nextTextValue();
            parser.nextFieldName();
            assertThat(parser.nextTextValue()).isEqualTo(all);
        }
    }

    @Test
    void aNewNameAndTheEndAreTold() {
        view.renamed(null, "ann", "anna", true);
        view.ended("the connection is over: lost", null, ExitCode.LOST);
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"renamed\",\"from\":\"ann\",\"to\":\"anna\",\"own\":true}",
                        "{\"event\":\"over\",\"text\":\"the connection is over: lost\",\"exitCode\":5}");
    }

    @Test
    void whoIsIgnoredIsTold() {
        UserItem bob = new UserItem(2, UserKind.GUEST, "bob");
        view.ignoring(bob, true);
        view.ignored(List.of(bob));
        view.ignoring(bob, false);
        view.ignored(List.of());
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"ignoring\",\"name\":\"bob\",\"guest\":true,\"on\":true}",
                        "{\"event\":\"ignored\",\"users\":[{\"name\":\"bob\",\"guest\":true}]}",
                        "{\"event\":\"ignoring\",\"name\":\"bob\",\"guest\":true,\"on\":false}",
                        "{\"event\":\"ignored\",\"users\":[]}");
    }

    @Test
    void aWholeVisitIsTold() throws Exception {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        try (ServerApp server =
                        ServerApp.start(ServerSettings.DEFAULT.onPort(0), InputStream.nullInputStream(), nowhere);
                Person robot = new Person(
                        Mode.PIPE,
                        "robot@127.0.0.1:"
                                + ((InetSocketAddress) server.addresses().get(0)).getPort(),
                        "--json")) {
            robot.types("hello", "/me waves", "/topic", "/nonsense", "/who", "/rooms", "/leave", "/nick rob");
            assertThat(robot.ends()).isEqualTo(ExitCode.REFUSED);
            assertThat(robot.complaints()).isEmpty();
            assertThat(robot.lines()).allMatch(line -> line.startsWith("{\"event\":\"") && line.endsWith("}"));
            String all = String.join("\n", robot.lines());
            assertThat(all)
                    .contains("\"event\":\"connected\",\"name\":\"robot\"")
                    .contains("\"event\":\"entered\",\"room\":\"lobby\",\"how\":\"asked\"")
                    .contains("\"text\":\"hello\",\"action\":false,\"own\":true,\"kind\":\"live\"")
                    .containsPattern("\"name\":\"robot\",\"id\":\"([0-9]+)\",[^\n]*\n[^\u0000]*\"fromId\":\"\\1\"")
                    .contains("{\"event\":\"renamed\",\"from\":\"robot\",\"to\":\"rob\",\"own\":true}")
                    .contains("\"text\":\"waves\",\"action\":true")
                    .contains("{\"event\":\"present\",\"room\":\"lobby\",\"count\":1,"
                            + "\"members\":[{\"name\":\"robot\",\"role\":\"member\",\"guest\":true}]}")
                    .contains("{\"event\":\"rooms\",\"rooms\":[{\"name\":\"lobby\",\"members\":1,\"topic\":\"\"}]}")
                    .contains("\"event\":\"answer\",\"room\":\"lobby\",\"text\":\"no topic\"")
                    .contains("\"event\":\"trouble\",\"text\":\"! there is no command /nonsense; /help lists them\"");
        }
    }
}
