package io.parley.gateway;

import io.parley.model.RoomException;
import io.parley.policy.Applicant;
import io.parley.room.Hub;
import io.parley.room.ResumeRequest;
import io.parley.room.Session;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A login: the hub is asked, and the connection is open or refused. It remembers nothing, and is not kept. */
final class Admission {
    private final Attachment attachment;
    private final Context context;

    Admission(Attachment attachment, Context context) {
        this.attachment = attachment;
        this.context = context;
    }

    /** Goes on with a session, or is refused. */
    void resume(ResumeRequest wish) {
        if (attachment.decide()) {
            context.hub()
                    .resume(null, wish, attachment.address(), attachment.encoding(), attachment)
                    .whenComplete(this::answer);
        }
    }

    /** Logs in, to a session that ends with the connection if no other is wished for. */
    void login(String client, String name, @Nullable String password, @Nullable ResumeRequest wish) {
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
        Hub hub = context.hub();
        CompletableFuture<Session> session = wish == null
                ? hub.login(applicant, attachment.encoding(), attachment)
                : hub.resume(applicant, wish, attachment.address(), attachment.encoding(), attachment);
        session.whenComplete(this::answer);
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
