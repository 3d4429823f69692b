package io.parley.testkit.chat;

import io.parley.policy.ChatPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody's password is "secret"; "broken" cannot be checked. */
final class Accounts implements ChatPolicy {
    final CopyOnWriteArrayList<Applicant> asked = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Decision> login(Applicant applicant, String password) {
        asked.add(applicant);
        if (applicant.name().equals("broken")) {
            return CompletableFuture.failedFuture(new IllegalStateException("no opinion"));
        }
        return CompletableFuture.completedFuture(
                password.equals("secret") ? Decision.ALLOWED : Decision.denied("wrong name or password"));
    }
}
