package io.parley.apps.server.options;

import io.parley.apps.server.options.DataPlace.Database;
import io.parley.journal.jdbc.Durability;
import io.parley.journal.jdbc.JdbcJournalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where rooms, history and sessions are kept, and how much. One thread; picocli sets the fields. */
final class DataArguments {
    private static final String FOLDER = "parley-data";
    private static final long MEGABYTE = 1 << 20;
    private static final long MOST_MEGABYTES = Long.MAX_VALUE / MEGABYTE;

    private final Map<String, String> environment;

    @Option(
            names = "--data",
            paramLabel = "DIR|URL",
            description =
                    "Where rooms, history and sessions are kept: a folder, which is made if there is none, or a PostgreSQL"
                            + " database, jdbc:postgresql://HOST/DATABASE. Default: the folder " + FOLDER + ".")
    private @Nullable String data;

    @Option(names = "--memory", description = "Keep nothing: rooms, history and sessions end with the server.")
    private boolean memory;

    @Option(
            names = "--data-user",
            paramLabel = "NAME",
            description = "The user of the database. Default: the user who runs the server.")
    private @Nullable String user;

    @Option(
            names = "--data-password-file",
            paramLabel = "FILE",
            description =
                    "File whose first line is the password of the database. Without it, the password is taken from "
                            + DataPlace.PASSWORD + ".")
    private @Nullable Path passwordFile;

    @Option(
            names = "--durability",
            paramLabel = "HOW",
            description =
                    "full: a message is acknowledged when it is synced to the disk. relaxed: quicker, but a loss of"
                            + " power or a crash of the system may lose the last seconds of messages that were acknowledged; a crash of"
                            + " the server alone loses nothing. For a folder. Default: full.")
    private Durability durability = Durability.FULL;

    @Option(
            names = "--history",
            paramLabel = "N",
            description = "How many entries of each room are kept. Default: 1000000, with --memory 10000.")
    private @Nullable Integer history;

    @Option(
            names = "--history-age",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long entries are kept, for example 90d. Default: no limit.")
    private @Nullable Duration age;

    @Option(
            names = "--history-mb",
            paramLabel = "N",
            description = "How many MiB of entries of each room are kept. Default: no limit.")
    private @Nullable Long megabytes;

    @Option(
            names = "--history-total-mb",
            paramLabel = "N",
            description =
                    "How many MiB of entries of all rooms are kept; on the disk they take about three times as much."
                            + " Default: 4096.")
    private @Nullable Long totalMegabytes;

    DataArguments(Map<String, String> environment) {
        this.environment = environment;
    }

    DataSettings data() {
        WrongOption.unless(history == null || history > 0, "--history: at least 1, not " + history);
        checkMegabytes("--history-mb", megabytes);
        checkMegabytes("--history-total-mb", totalMegabytes);
        return memory ? inMemory() : lasting();
    }

    private static void checkMegabytes(String option, @Nullable Long value) {
        WrongOption.unless(
                value == null || (value > 0 && value <= MOST_MEGABYTES), option + ": at least 1, not " + value);
    }

    private DataSettings inMemory() {
        WrongOption.unless(data == null, "--memory and --data: choose one");
        refuseInMemory("--data-user", user != null);
        refuseInMemory("--data-password-file", passwordFile != null);
        refuseInMemory("--durability", durability != Durability.FULL);
        refuseInMemory("--history-age", age != null);
        refuseInMemory("--history-mb", megabytes != null);
        refuseInMemory("--history-total-mb", totalMegabytes != null);
        return new DataSettings.Memory(history == null ? DataSettings.MEMORY_HISTORY : history);
    }

    private static void refuseInMemory(String option, boolean given) {
        WrongOption.unless(!given, option + " has no meaning with --memory: leave out one of them");
    }

    private DataSettings lasting() {
        DataPlace place = DataPlace.of("--data", data == null ? FOLDER : data, user, passwordFile, environment);
        WrongOption.unless(
                durability == Durability.FULL || !(place instanceof Database),
                "--durability relaxed: this is for a folder; a database syncs as it is configured there");
        JdbcJournalOptions options = JdbcJournalOptions.DEFAULT.withDurability(durability);
        if (history != null) {
            options = options.withKeepEntries(history);
        }
        if (age != null) {
            options = options.withKeepAge(age);
        }
        if (megabytes != null) {
            options = options.withKeepBytes(megabytes * MEGABYTE);
        }
        if (totalMegabytes != null) {
            options = options.withKeepBytesInAll(totalMegabytes * MEGABYTE);
        }
        return new DataSettings.Lasting(place, options);
    }
}
