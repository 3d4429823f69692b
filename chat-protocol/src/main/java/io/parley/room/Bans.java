package io.parley.room;

import static java.util.Objects.requireNonNull;

import io.parley.log.Faults;
import io.parley.model.Checks;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.ServerBan;
import io.parley.model.UserKind;
import io.parley.sequencer.Command;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps people off the server, by name, account, address or network. Any thread may call it; nothing blocks. */
public final class Bans {
    private final HubContext context;
    private final Resuming resuming;

    Bans(HubContext context, Resuming resuming) {
        this.context = context;
        this.resuming = resuming;
    }

    /**
     * Bans somebody; whoever is here and bound by it is put out. Nobody bans the operator.
     *
     * @param kind what is bound
     * @param subject whom: a name, the name of an account, an address or a network such as 203.0.113.0/24
     * @param duration for how long; zero means for good
     * @param by the name of who does it
     * @param text why; may be empty
     * @return completes with the ban, or fails with a {@link RoomException}: BAD_NAME or BAD_REQUEST if the subject is none of
     *     the kind, NO_SUCH_USER if there is no such account, UNAVAILABLE if it binds but cannot be kept now
     */
    public CompletableFuture<ServerBan> add(
            ServerBan.Kind kind, String subject, Duration duration, String by, String text) {
        long millis = Checks.millis("duration", duration);
        requireNonNull(by, "by");
        requireNonNull(text, "text");
        requireNonNull(subject, "subject");
        CompletableFuture<Long> account = kind == ServerBan.Kind.ACCOUNT
                ? Finder.find(context, subject).thenApply(Bans::account)
                : CompletableFuture.completedFuture(0L);
        return context.told(account.thenCompose(id -> {
            ServerBan ban = context.bans().add(kind, subject, id, millis, by, text);
            putOut();
            return context.kept(Kept.ban(ban, id)).thenApply(kept -> ban);
        }));
    }

    private static long account(Command.Target found) {
        if (found.item().kind() != UserKind.ACCOUNT) {
            throw new RoomException(Reason.NO_SUCH_USER, found.item().name() + " is no account");
        }
        return found.item().id();
    }

    private void putOut() {
        context.users().all().forEach(this::putOut);
    }

    /** Ends the connections of a user that a ban binds. */
    void putOut(User user) {
        for (Participant participant : user.participants()) {
            RoomException banned = context.ban(participant);
            if (banned != null) {
                participant.expel(banned);
                resuming.end(participant); // if it has no connection
            }
        }
    }

    /**
     * Lifts a ban.
     *
     * @param number the number of the ban
     * @return the ban, or null if there is none of that number
     */
    public @Nullable ServerBan lift(long number) {
        ServerBan lifted = context.bans().lift(number);
        if (lifted != null) {
            context.kept(Kept.noBan(number)).whenComplete((none, error) -> {
                if (error != null) {
                    Faults.report(error);
                }
            });
        }
        return lifted;
    }

    /**
     * Lists the bans that are running.
     *
     * @return the bans, by their numbers
     */
    public List<ServerBan> list() {
        return context.bans().list();
    }
}
