package io.parley.apps.client;

import io.parley.apps.client.command.Commands;
import io.parley.apps.client.connection.ConnectErrors;
import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.input.Input;
import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.input.Passwords;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.options.Login;
import io.parley.apps.client.view.EventText;
import io.parley.apps.client.view.View;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import io.parley.model.UserKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The chat client as a program: lines in, lines out. One thread runs it; any may call {@link #leave}.
 *
 * <p>Its threads: one runs it and waits for the end. One reads the input; when the program ends it may still be in a
 * read. One makes all callbacks and calls the view. The last two are daemons.
 */
final class ClientApp {
    private static final Duration BRIEFLY = Duration.ofSeconds(1);
    private static final String NO_ACCOUNT = "no account was made: ";

    private final ClientSettings settings;
    private final View view;
    private final ViewQueue viewQueue;
    private final LineSource lines;
    private final Executor callbacks;
    private final Session.Factory sessions;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> inputOver = new CompletableFuture<>();
    private volatile @Nullable Session session; // set by the thread that runs this, then by the input thread
    private volatile boolean left; // set once, by leave

    /**
     * Makes a client.
     *
     * @param callbacks one thread at a time, in order; it also calls the view
     */
    ClientApp(ClientSettings settings, View view, LineSource lines, Executor callbacks, Clock clock) {
        this.settings = settings;
        this.view = view;
        this.viewQueue = new ViewQueue(view, callbacks);
        this.lines = lines;
        this.callbacks = callbacks;
        this.sessions = new Session.Factory(view, viewQueue, callbacks, clock);
        lines.abandoned().thenRun(() -> done.complete(null));
    }

    /** Runs until the input or the client ends; returns one of {@link ExitCode}. */
    int run() {
        Session first;
        try {
            first = sessions.open(settings, true);
        } catch (ChatException why) {
            return end(loginError(why), why, ExitCode.atLogin(why));
        }
        session = first;
        try {
            return talk(first);
        } finally {
            current().client().close();
            viewQueue.await();
            view.close();
        }
    }

    private Session current() {
        return Objects.requireNonNull(session);
    }

    /** Shows the last message; returns the exit code. */
    private int end(String text, ChatException why, int exitCode) {
        viewQueue.show(to -> to.ended(text, why, exitCode));
        viewQueue.await();
        return exitCode;
    }

    private String loginError(ChatException why) {
        String reason = EventText.refusal(why);
        String address = settings.destination().address();
        boolean refused = ExitCode.atLogin(why) == ExitCode.REFUSED;
        if (settings.login() instanceof Login.Registration && refused) {
            return NO_ACCOUNT + reason;
        }
        if (why.code() == ErrorCode.NAME_TAKEN) {
            return reason + "; come as another: NAME@" + address;
        }
        String who = settings.login() instanceof Login.Token ? "you" : settings.nick(); // a token says whose it is
        return refused
                ? address + " does not let " + who + " in: " + reason
                : ConnectErrors.describe(why, address, settings.tls() != null);
    }

    private int talk(Session first) {
        Commands commands = first.commands();
        try {
            if (settings.mode() == ClientSettings.Mode.SCREEN
                    && first.client().user().kind() == UserKind.ACCOUNT) {
                commands.comeBack(settings.room());
            } else {
                commands.join(settings.room());
            }
        } catch (ChatException why) {
            String text = "cannot enter " + settings.room() + ": " + EventText.refusal(why);
            return end(text, why, ExitCode.afterLogin(why));
        }
        ClientThreads.daemon("chat-input", this::read).start();
        Session last = awaitEnd();
        ChatException lost = last.server().lost();
        boolean ended = last.client().closed().isDone();
        last.client().close(); // what is not said yet is told now, before the end
        if (lines.end()) {
            waitBriefly(inputOver); // what was typed behind it is told, too
        }
        if (lost != null && !left) {
            return end(
                    "the connection is over: " + lost.getMessage(),
                    lost,
                    ended ? ExitCode.afterLogin(lost) : ExitCode.LOST);
        }
        return settings.mode() == ClientSettings.Mode.PIPE
                ? last.commands().outgoing().exitCode()
                : ExitCode.OK;
    }

    /** Waits until the input, or a session that no other has followed, is over; returns the last session. */
    private Session awaitEnd() {
        Session now = current();
        while (true) {
            CompletableFuture.anyOf(done, now.client().closed()).join();
            if (done.isDone() || now.client() == current().client()) {
                return current();
            }
            now = current();
        }
    }

    private void read() {
        try {
            LineSource.Typed typed = lines.next();
            while (typed != null && run(typed)) {
                typed = lines.next();
            }
            if (typed == null) {
                current().commands().outgoing().await();
            }
        } catch (IOException broken) {
            viewQueue.show(to -> to.error("the input broke off: " + broken.getMessage()));
            current().commands().outgoing().await();
        }
        done.complete(null);
        inputOver.complete(null);
    }

    private boolean run(LineSource.Typed typed) {
        if (typed.input().verb() != Input.Verb.REGISTER) {
            return current().commands().run(typed);
        }
        Commands commands = current().commands();
        commands.settle();
        try {
            register(current(), typed.input(), typed.passwords());
        } catch (ChatException why) {
            commands.refused(why);
        } catch (IllegalArgumentException wrong) {
            commands.refuse(String.valueOf(wrong.getMessage()));
        }
        return true;
    }

    /**
     * Makes an account, logs in to it, and goes on in the same rooms. Until the account is made the guest's session stays.
     *
     * @throws IllegalArgumentException if there is an account, or no password
     */
    private void register(Session guest, Input input, Passwords passwords) {
        if (guest.client().user().kind() == UserKind.ACCOUNT) {
            throw new IllegalArgumentException(
                    "you have an account, " + guest.client().name());
        }
        if (!passwords.problem().isEmpty()) {
            throw new IllegalArgumentException(passwords.problem());
        }
        String name = input.first().isEmpty() ? guest.client().name() : input.first();
        guest.server().superseded(true);
        Session account;
        try {
            account = sessions.open(settings.registering(name, passwords.next(), input.rest()), false);
        } catch (ChatException why) {
            guest.server().superseded(false);
            throw why;
        }
        session = account;
        guest.server().rooms().keep();
        guest.client().close();
        account.commands()
                .goOn(
                        guest.server().rooms().positions(),
                        guest.server().ignored().all());
        viewQueue.show(to ->
                to.answer(null, "you have the account " + account.client().name() + " now; --password logs in to it"));
    }

    /** Waits for a second at most; returns whether it is done. */
    private static boolean waitBriefly(CompletableFuture<?> future) {
        try {
            future.get(BRIEFLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** Leaves the server within two seconds, because the program ends. */
    void leave() {
        left = true;
        view.close();
        Session now = session;
        if (now == null) {
            return;
        }
        if (!waitBriefly(now.client().closeAsync())) {
            viewQueue.show(to -> to.error("the server did not take the goodbye"));
        }
        waitBriefly(CompletableFuture.runAsync(() -> {}, callbacks)); // what was not said is told
    }
}
