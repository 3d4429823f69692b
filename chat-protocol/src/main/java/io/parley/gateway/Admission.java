package io.parley.gateway;

import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.policy.ChatPolicy.Applicant;
import io.parley.policy.ChatPolicy.Decision;
import io.parley.room.Participant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A login: the policy is asked, then the user comes in. It remembers nothing, and is not kept. */
final class Admission {
    private final Attachment attachment;
    private final Context context;

    Admission(Attachment attachment, Context context) {
        this.attachment = attachment;
        this.context = context;
    }

    void guest(String client, String name) {
        decide(
                () -> context.policy().enter(applicant(client, name)),
                () -> context.hub().enterGuest(name, attachment.encoding(), attachment));
    }

    void account(String client, String name, String password) {
        decide(() -> context.policy().login(applicant(client, name), password), () -> {
            String id = context.hub().names().user(name).key();
            return context.hub().enterAccount(id, name, attachment.encoding(), attachment);
        });
    }

    private Applicant applicant(String client, String name) {
        return new Applicant(name, client, attachment.address(), attachment.tls());
    }

    private void decide(Supplier<CompletionStage<Decision>> question, Supplier<Participant> enter) {
        if (!attachment.decide()) {
            return;
        }
        CompletionStage<Decision> decision;
        try {
            decision = question.get();
        } catch (RuntimeException broken) {
            unavailable();
            return;
        }
        decision.whenComplete((answer, error) -> {
            if (answer == null) {
                unavailable();
            } else if (!answer.allowed()) {
                attachment.fail(new Refusal(ErrorCode.AUTH_FAILED, answer.reason()));
            } else {
                enter(enter);
            }
        });
    }

    private void unavailable() {
        attachment.fail(new Refusal(ErrorCode.UNAVAILABLE, "nobody can be let in at the moment"));
    }

    private void enter(Supplier<Participant> enter) {
        try {
            attachment.enter(enter.get());
        } catch (RoomException no) {
            attachment.fail(Refusal.of(no));
        } catch (Throwable broken) { // which would be lost with the decision
            attachment.broke(broken);
        }
    }
}
