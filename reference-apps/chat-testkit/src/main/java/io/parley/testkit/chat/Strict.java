package io.parley.testkit.chat;

import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.concurrent.CompletableFuture;

/** Says no to whatever is called "bad", throws for "worse", and everything else may be. */
final class Strict implements ChatPolicy {
    private static Decision judge(String what) {
        if (what.startsWith("worse")) {
            throw new IllegalStateException("no opinion");
        }
        return what.startsWith("bad") ? Decision.deny("not that") : Decision.ALLOW;
    }

    @Override
    public Answer login(Applicant applicant) {
        String name = applicant.name().display();
        return name.equals("baddest")
                ? Answer.later(CompletableFuture.failedFuture(new IllegalStateException("no opinion")))
                : judge(name);
    }

    @Override
    public Answer join(UserRef user, NamePolicy.Name room) {
        return judge(room.display());
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return judge(body);
    }
}
