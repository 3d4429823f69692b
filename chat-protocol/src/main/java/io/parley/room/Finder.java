package io.parley.room;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.policy.Answer;
import io.parley.policy.Decision;
import io.parley.sequencer.Command;
import java.util.concurrent.CompletableFuture;

/**
 * Finds who has a name: somebody who is here, the account of that name, or who had it last. Any thread.
 */
final class Finder {
    private final HubContext context;
    private final NamePolicy.Name name;

    Finder(HubContext context, NamePolicy.Name name) {
        this.context = context;
        this.name = name;
    }

    /** What the policy is asked, unless that is not necessary. */
    Answer question() {
        return context.users().find(name) == null ? context.policy().account(name) : Decision.ALLOW;
    }

    /** Who it is, when the policy has decided. */
    Command.Target found(Decision decision) {
        User here = context.users().find(name);
        if (here != null) {
            return here.target();
        }
        if (decision instanceof Decision.Admit account) {
            Identity owner = account.identity();
            NamePolicy.Name own = context.names().user(owner.name()); // not as somebody has spelled it
            UserItem item = new UserItem(context.ids().account(owner.id()), UserKind.ACCOUNT, own.display());
            return context.users().away(item, owner.id(), own);
        }
        if (decision instanceof Decision.Deny) {
            throw Questions.denial(decision);
        }
        Command.Target gone = context.users().gone(name);
        if (gone == null) {
            throw new RoomException(Reason.NO_SUCH_USER, "there is nobody called " + name.display());
        }
        return gone;
    }

    /** Finds somebody for the program. */
    static CompletableFuture<Command.Target> find(HubContext context, String name) {
        CompletableFuture<Command.Target> done = new CompletableFuture<>();
        try {
            Finder finder = new Finder(context, context.names().user(name));
            Questions questions = new Questions(context, Questions.NOBODY);
            questions.add(finder::question, decision -> finder.tell(done, decision));
            questions.release();
        } catch (RoomException bad) {
            done.completeExceptionally(bad);
        }
        return done;
    }

    void tell(CompletableFuture<Command.Target> done, Decision decision) {
        try {
            done.complete(found(decision));
        } catch (RoomException nobody) {
            done.completeExceptionally(nobody);
        }
    }
}
