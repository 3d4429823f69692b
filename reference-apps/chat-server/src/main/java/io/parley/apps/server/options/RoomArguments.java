package io.parley.apps.server.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.options.ServerSettings.Rooms;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the room and the greeting. One thread; picocli sets the fields. */
final class RoomArguments {
    private static final int MAX_MOTD_BYTES = 4 << 10; // it is part of one frame

    @Option(
            names = "--room",
            paramLabel = "NAME",
            defaultValue = "lobby",
            description = "The room that the server owns and keeps open. Default: ${DEFAULT-VALUE}.")
    private String room = ServerSettings.DEFAULT.rooms().room();

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "operator",
            description = "The name that the server uses when the operator speaks. Default: ${DEFAULT-VALUE}.")
    private String operator = ServerSettings.DEFAULT.rooms().operator();

    @Option(names = "--greeting", paramLabel = "TEXT", description = "A line that each user gets after login.")
    private @Nullable String greeting;

    @Option(
            names = "--motd",
            paramLabel = "FILE",
            description = "The same from a file, one line or several: the message of the day.")
    private @Nullable Path motd;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description =
                    "A user whose connection is lost keeps name, rooms and roles for this time, if its client can come back to them. Default: ${DEFAULT-VALUE}.")
    private Duration grace = ServerSettings.DEFAULT.rooms().grace();

    Rooms rooms(DataSettings data) {
        checkName("--room", () -> NamePolicy.standard().room(room));
        checkName("--operator", () -> NamePolicy.standard().user(operator));
        return new Rooms(room, operator, grace, data);
    }

    private static void checkName(String option, Runnable check) {
        try {
            check.run();
        } catch (RoomException bad) {
            throw new WrongOption(option + ": " + bad.text());
        }
    }

    /** The text that each user gets after login; may be empty. */
    String greeting() throws IOException {
        WrongOption.unless(greeting == null || motd == null, "--greeting and --motd: choose one");
        if (motd == null) {
            return greeting == null ? "" : greeting;
        }
        try (InputStream file = Files.newInputStream(motd)) {
            byte[] read = file.readNBytes(MAX_MOTD_BYTES + 1);
            WrongOption.unless(
                    read.length <= MAX_MOTD_BYTES, "--motd: " + motd + " has more than " + MAX_MOTD_BYTES + " bytes");
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(read)).toString();
            return text.lines().collect(Collectors.joining("\n")).strip();
        } catch (IOException error) {
            throw new IOException("--motd: " + motd + " cannot be read: " + FileErrors.describe(error), error);
        }
    }
}
