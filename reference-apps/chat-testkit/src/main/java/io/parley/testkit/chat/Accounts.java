package io.parley.testkit.chat;

import io.parley.model.Identity;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody's password is "secret"; "broken" cannot be checked. */
final class Accounts implements ChatPolicy {
    final CopyOnWriteArrayList<Applicant> asked = new CopyOnWriteArrayList<>();

    @Override
    public Answer login(Applicant applicant) {
        if (applicant.isGuest()) {
            return Decision.ALLOW;
        }
        asked.add(applicant);
        String name = applicant.name().display();
        if (name.equals("broken")) {
            return Answer.later(CompletableFuture.failedFuture(new IllegalStateException("no opinion")));
        }
        return "secret".equals(applicant.password())
                ? Decision.admit(Identity.account(applicant.name().key(), name))
                : Decision.deny("wrong name or password");
    }
}
