package io.parley.apps.server;

import io.parley.apps.server.accounts.Accounts;
import io.parley.apps.server.accounts.ServerAccounts;
import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.log.ServerLog;
import io.parley.apps.server.options.Configuration;
import io.parley.apps.server.options.WrongOption;
import io.parley.apps.server.tls.Certificate;
import io.parley.room.User;
import io.parley.server.ChatServer;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads again what can change while a server runs: limits, greeting, certificate and accounts. All of it is in force
 * afterwards, or nothing has changed. Any thread may call it.
 */
final class Reload {
    /** The options that need no restart. */
    private static final Set<String> LIVE = Set.of(
            "--greeting",
            "--motd",
            "--max-connections",
            "--max-per-address",
            "--frames-per-second",
            "--burst-frames",
            "--login-timeout",
            "--heartbeat",
            "--write-timeout");

    private final ChatServer server;
    private final ServerLog log;
    private final @Nullable Certificate certificate;
    private final ServerAccounts accounts;
    private final Configuration.Source source;
    private final ReentrantLock lock = new ReentrantLock(); // held while files are read
    private final SortedMap<String, String> running; // the values in force; lock
    private String greeting; // lock

    Reload(
            ChatServer server,
            ServerLog log,
            @Nullable Certificate certificate,
            ServerAccounts accounts,
            Configuration started,
            Configuration.Source source) {
        this.server = server;
        this.log = log;
        this.certificate = certificate;
        this.accounts = accounts;
        this.source = source;
        this.running = new TreeMap<>(started.options());
        this.greeting = started.settings().greeting();
    }

    /**
     * Reads everything, applies it, and logs the result.
     *
     * @param answers receives the lines that are logged
     * @return whether it is in force
     */
    boolean run(Consumer<String> answers) {
        lock.lock();
        try {
            String old = "configuration goes on: ";
            try {
                Configuration fresh = source.read();
                old = "accounts go on: ";
                Accounts newAccounts = accounts.read();
                old = "certificate goes on: ";
                Certificate.Loaded shown = certificate == null ? null : certificate.read();
                apply(fresh, newAccounts, shown, new Report(answers));
                return true;
            } catch (IOException | WrongOption bad) {
                String why = bad instanceof IOException error ? FileErrors.describe(error) : bad.getMessage();
                new Report(answers).warning("nothing has changed, the old " + old + why);
                return false;
            } catch (RuntimeException | Error broken) {
                // Not by a Report: if the jar was replaced meanwhile, that class may be missing.
                String message = "cannot read again in order: " + broken;
                log.warning("reload", message);
                answers.accept("WARNING: " + message);
                return false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Logs lines and gives them to the caller. One thread. */
    private final class Report {
        private final Consumer<String> answers;

        Report(Consumer<String> answers) {
            this.answers = answers;
        }

        void note(String message) {
            log.note("reload", message);
            answers.accept(message);
        }

        void warning(String message) {
            log.warning("reload", message);
            answers.accept("WARNING: " + message);
        }
    }

    private void apply(
            Configuration fresh, @Nullable Accounts newAccounts, Certificate.@Nullable Loaded shown, Report report) {
        server.reconfigure(fresh.settings().limits(), fresh.settings().greeting());
        fresh.options().forEach((option, value) -> compare(option, value, report));
        if (!greeting.equals(fresh.settings().greeting())) {
            greeting = fresh.settings().greeting();
            report.note("who comes from now on is greeted anew");
        }
        if (newAccounts != null) {
            accounts.use(newAccounts);
            report.note("accounts: " + newAccounts.names().size());
            warnOfOperators(newAccounts, report);
        }
        if (certificate != null && shown != null) {
            certificate.use(shown);
            report.note("new connections see the certificate " + certificate.fingerprint() + ", "
                    + certificate.validity(Instant.now()));
            String warning = certificate.warning(Instant.now());
            if (warning != null) {
                report.warning(warning);
            }
        }
        report.note("read again");
    }

    /** Reports who is here as an operator and is none in the file any more. */
    private void warnOfOperators(Accounts now, Report report) {
        for (User user : server.hub().users()) {
            if (user.isOperator() && !now.isOperator(user.account())) {
                report.warning(
                        user.name() + " stays an operator until the next login; to disconnect: /kick * " + user.name());
            }
        }
    }

    private void compare(String option, String value, Report report) {
        String before = running.getOrDefault(option, "");
        if (before.equals(value)) {
            return;
        }
        if (LIVE.contains(option)) {
            running.put(option, value);
            report.note(option + ": now " + shown(value) + ", was " + shown(before));
        } else {
            report.warning(option + ": stays " + shown(before) + " until a restart, then it is " + shown(value));
        }
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not given" : value;
    }
}
