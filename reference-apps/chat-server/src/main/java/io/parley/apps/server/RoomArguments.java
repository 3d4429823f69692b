package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Rooms;
import io.parley.room.NamePolicy;
import io.parley.room.RoomException;
import picocli.CommandLine.Option;

/** The options that say what the server keeps and says. One thread; picocli sets the fields. */
final class RoomArguments {
    @Option(
            names = "--room",
            paramLabel = "NAME",
            defaultValue = "lobby",
            description = "The room that the server keeps open and owns; ${DEFAULT-VALUE} if not given.")
    private String room = ServerSettings.DEFAULT.rooms().room();

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "operator",
            description = "The name in which the server speaks; ${DEFAULT-VALUE} if not given.")
    private String operator = ServerSettings.DEFAULT.rooms().operator();

    @Option(names = "--greeting", paramLabel = "TEXT", description = "A word to everybody who comes.")
    private String greeting = ServerSettings.DEFAULT.greeting();

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Entries kept of each room; ${DEFAULT-VALUE} if not given.")
    private int history;

    Rooms rooms() {
        WrongOption.unless(history > 0, "--history: at least 1, not " + history);
        checkName("--room", () -> NamePolicy.standard().room(room));
        checkName("--operator", () -> NamePolicy.standard().user(operator));
        return new Rooms(room, operator, history);
    }

    private static void checkName(String option, Runnable check) {
        try {
            check.run();
        } catch (RoomException bad) {
            throw new WrongOption(option + ": " + bad.text());
        }
    }

    String greeting() {
        return greeting;
    }
}
