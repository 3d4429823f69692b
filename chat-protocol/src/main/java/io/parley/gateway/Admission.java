package io.parley.gateway;

import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.room.Hub;
import io.parley.room.ResumeRequest;
import io.parley.room.Session;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A login: the hub is asked, and the connection is open or refused. It remembers nothing, and is not kept. */
final class Admission {
    private static final int MAX_PASSWORD_CHARACTERS = 1 << 10; // before anybody computes anything with them
    private static final String IN_THE_CLEAR = "log in to an account under TLS, or from the same machine";

    private final Attachment attachment;
    private final Context context;

    Admission(Attachment attachment, Context context) {
        this.attachment = attachment;
        this.context = context;
    }

    /** Goes on with a session, or is refused. */
    void resume(ResumeRequest wish) {
        if (begin()) {
            context.hub()
                    .resume(null, wish, attachment.address(), attachment.encoding(), attachment)
                    .whenComplete(this::answer);
        }
    }

    /** Logs in, to a session that ends with the connection if no other is wished for. */
    void login(String client, String name, Credentials credentials, @Nullable ResumeRequest wish) {
        if (!begin()) {
            return;
        }
        if (!(credentials instanceof Credentials.None) && !attachment.isConfidential()) {
            attachment.fail(new Refusal(ErrorCode.AUTH_FAILED, IN_THE_CLEAR));
            return;
        }
        Applicant applicant;
        try {
            applicant = Applicant.of(
                    context.hub().names(),
                    name,
                    credentials,
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

    /** Waits for the policy's answer; a second login while the first is under way ends the connection. */
    private boolean begin() {
        boolean first = attachment.decide();
        if (!first) {
            attachment.fail(new Refusal(ErrorCode.UNEXPECTED_FRAME, "a login is under way"));
        }
        return first;
    }

    /** Why a password is not changed, whatever the policy would say; null if nothing is against it. */
    static @Nullable RoomException refusal(boolean confidential, String old, String next) {
        if (!confidential) {
            return new RoomException(Reason.FORBIDDEN, IN_THE_CLEAR);
        }
        return Math.max(old.length(), next.length()) > MAX_PASSWORD_CHARACTERS
                ? new RoomException(
                        Reason.TOO_LARGE, "a password has at most " + MAX_PASSWORD_CHARACTERS + " characters")
                : null;
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
