package io.parley.testkit.chat;

import io.parley.model.RoomRef;
import io.parley.model.UserRef;
import io.parley.policy.ChatPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says no to whatever is called "bad", throws for "worse", and everything else may be. */
final class Strict implements ChatPolicy {
    private static Decision judge(String what) {
        if (what.startsWith("worse")) {
            throw new IllegalStateException("no opinion");
        }
        return what.startsWith("bad") ? Decision.denied("not that") : Decision.ALLOWED;
    }

    @Override
    public CompletionStage<Decision> enter(Applicant applicant) {
        return applicant.name().equals("baddest")
                ? CompletableFuture.failedFuture(new IllegalStateException("no opinion"))
                : CompletableFuture.completedFuture(judge(applicant.name()));
    }

    @Override
    public Decision join(UserRef user, String room) {
        return judge(room);
    }

    @Override
    public Decision speak(UserRef user, RoomRef room, String body) {
        return judge(body);
    }
}
