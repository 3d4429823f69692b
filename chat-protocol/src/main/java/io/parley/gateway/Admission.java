package io.parley.gateway;

import io.parley.model.RoomException;
import io.parley.policy.Applicant;
import io.parley.room.Session;
import org.jspecify.annotations.Nullable;

/** A login: the hub is asked, and the connection is open or refused. It remembers nothing, and is not kept. */
final class Admission {
    private final Attachment attachment;
    private final Context context;

    Admission(Attachment attachment, Context context) {
        this.attachment = attachment;
        this.context = context;
    }

    void login(String client, String name, @Nullable String password) {
        if (!attachment.decide()) {
            return;
        }
        Applicant applicant;
        try {
            applicant = Applicant.of(
                    context.hub().names(),
                    name,
                    password,
                    client,
                    attachment.gateway(),
                    attachment.address(),
                    attachment.tls());
        } catch (RoomException bad) {
            attachment.fail(Refusal.of(bad));
            return;
        }
        context.hub().login(applicant, attachment.encoding(), attachment).whenComplete(this::answer);
    }

    private void answer(@Nullable Session session, @Nullable Throwable error) {
        try {
            if (session != null) {
                attachment.enter(session);
            } else if (error instanceof RoomException no) {
                attachment.fail(Refusal.of(no));
            } else {
                attachment.broke(error == null ? new IllegalStateException() : error);
            }
        } catch (Throwable broken) { // which would be lost with the login
            attachment.broke(broken);
        }
    }
}
