package io.parley.apps.server.accounts;

import io.parley.accounts.Account;
import io.parley.accounts.StoredAccounts;
import io.parley.apps.server.files.FileErrors;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What an operator does with the accounts in the store. Each command waits until it is done. Any thread may call it. */
final class StoreCommands {
    private static final int LONGEST_SECONDS = 60;

    private final StoredAccounts accounts;

    StoreCommands(StoredAccounts accounts) {
        this.accounts = accounts;
    }

    void run(String arguments, Consumer<String> answers) {
        String[] words = arguments.strip().split("\\s+", 3);
        String name = words.length > 1 ? words[1] : "";
        String rest = words.length > 2 ? words[2] : "";
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "add" -> {
                Account made = await(accounts.create(needed(name, "NAME"), needed(rest, "PASSWORD")));
                answers.accept(made.name() + " is added");
            }
            case "password" -> {
                Account changed = await(accounts.resetPassword(needed(name, "NAME"), needed(rest, "PASSWORD")));
                answers.accept(changed.name() + " has a new password; its sessions have ended");
            }
            case "operator" -> {
                boolean on = isOn(rest);
                Account changed = await(accounts.setOperator(needed(name, "NAME"), on));
                answers.accept(changed.name()
                        + (on ? " is an operator from its next login on" : " is no operator; its sessions have ended"));
            }
            case "bot" -> {
                boolean on = isOn(rest);
                Account changed = await(accounts.setBot(needed(name, "NAME"), on));
                answers.accept(changed.name() + (on ? " is a bot" : " is no bot"));
            }
            case "token" -> {
                String token = await(accounts.makeToken(needed(name, "NAME")));
                answers.accept("a token that logs in as " + name + ", until /account revoke: " + token);
            }
            case "revoke" -> {
                int revoked = await(accounts.revokeTokens(needed(name, "NAME")));
                answers.accept(
                        "tokens of " + name + " that are not good any more: " + revoked + "; its sessions have ended");
            }
            case "delete" -> {
                Account gone = await(accounts.delete(needed(name, "NAME")));
                answers.accept(gone.name() + " is deleted; its sessions have ended");
            }
            case "list" -> list(answers);
            case "invite" -> answers.accept("an invitation code, good for one account: " + await(accounts.invite()));
            case "import" -> importFile(Path.of(needed((name + " " + rest).strip(), "FILE")), answers);
            default ->
                throw new IllegalArgumentException(
                        "it is /account add|password|operator|bot|token|revoke|delete|list|invite|import");
        }
    }

    private static String needed(String word, String what) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException(what + " is missing; /help account tells how it is written");
        }
        return word;
    }

    private static boolean isOn(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("it is on or off, not " + word);
        };
    }

    private void list(Consumer<String> answers) {
        List<Account> all = accounts.list();
        for (Account one : all) {
            int tokens = accounts.tokens(one);
            answers.accept(one.name() + (one.operator() ? ", an operator" : "") + (one.bot() ? ", a bot" : "")
                    + (tokens > 0 ? ", tokens: " + tokens : "") + ", since "
                    + LocalDate.ofInstant(one.created(), ZoneId.systemDefault()));
        }
        if (all.isEmpty()) {
            answers.accept("there are no accounts");
        }
        if (accounts.invitations() > 0) {
            answers.accept("invitation codes that are good: " + accounts.invitations());
        }
    }

    /** Copies the accounts of a file that the store does not have. */
    private void importFile(Path file, Consumer<String> answers) {
        Accounts all;
        try {
            all = Accounts.read(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(FileErrors.describe(unreadable), unreadable);
        }
        int imported = 0;
        for (Accounts.Entry one : all.entries()) {
            try {
                await(accounts.importHash(one.name(), one.hash(), one.operator()));
                imported++;
            } catch (RoomException no) {
                if (no.reason() != Reason.NAME_TAKEN && no.reason() != Reason.BAD_REQUEST) {
                    throw no;
                }
                answers.accept(one.name() + " is not imported: " + no.text());
            }
        }
        answers.accept("imported " + imported + " of " + all.entries().size() + " accounts");
    }

    /** Waits for an outcome; throws if it is a refusal. */
    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof TimeoutException) {
                throw new RoomException(Reason.UNAVAILABLE, "the store did not answer; it may still be done");
            }
            throw failed.getCause() instanceof RoomException refused ? refused : failed;
        }
    }
}
