package io.parley.testkit.chat;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody's password is "secret"; "broken" cannot be checked. The names of anna and carol are kept for them. */
final class Accounts implements ChatPolicy {
    private static final Set<String> KEPT = Set.of("anna", "carol");

    final CopyOnWriteArrayList<Applicant> asked = new CopyOnWriteArrayList<>();

    @Override
    public Answer account(NamePolicy.Name name) {
        return KEPT.contains(name.key()) ? Decision.admit(account(name, name.display())) : Decision.ALLOW;
    }

    private static Identity account(NamePolicy.Name name, String display) {
        return Identity.account(name.key(), display);
    }

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
                ? Decision.admit(account(applicant.name(), name))
                : Decision.deny("wrong name or password");
    }
}
