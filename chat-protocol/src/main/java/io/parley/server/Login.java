package io.parley.server;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.policy.ChatPolicy;
import io.parley.policy.ChatPolicy.Applicant;
import io.parley.policy.ChatPolicy.Decision;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.Hello;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Wire;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a session understands before it is open: HELLO, and nothing else but signs of life. */
final class Login {
    private static final int MAX_CREDENTIAL_BYTES = 1 << 10; // before anybody computes anything with them

    private final ServerSession session;
    private final ChatPolicy policy;

    Login(ServerSession session, ChatPolicy policy) {
        this.session = session;
        this.policy = policy;
    }

    void on(ClientFrame frame) {
        if (frame instanceof Hello hello) {
            onHello(hello);
        } else if (frame instanceof Ping ping) {
            session.send(new Pong(ping.nonce()));
        } else if (frame instanceof Bye) {
            session.bye();
        } else if (!(frame instanceof Pong)) {
            session.fail(
                    ErrorCode.UNEXPECTED_FRAME,
                    "HELLO comes first, not " + frame.getClass().getSimpleName());
        }
    }

    private void onHello(Hello hello) {
        if (hello.minVersion() > Wire.VERSION || hello.maxVersion() < Wire.VERSION) {
            session.fail(ErrorCode.UNSUPPORTED_VERSION, "this server speaks version " + Wire.VERSION);
            return;
        }
        try {
            switch (hello.mechanism()) {
                case Wire.GUEST -> asGuest(hello.client(), text(hello.initial()));
                case Wire.PLAIN -> withPassword(hello.client(), text(hello.initial()));
                default ->
                    session.fail(
                            ErrorCode.UNSUPPORTED_MECHANISM,
                            "this server knows the mechanisms " + Wire.GUEST + " and " + Wire.PLAIN);
            }
        } catch (CharacterCodingException malformed) {
            session.fail(ErrorCode.BAD_NAME, "the name is not UTF-8");
        }
    }

    private String text(Bytes initial) throws CharacterCodingException {
        if (initial.length() > MAX_CREDENTIAL_BYTES) {
            throw new CharacterCodingException();
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(initial.asReadOnlyBuffer())
                .toString();
    }

    private void asGuest(String client, String name) {
        decide(client, name, policy::enter, () -> session.enterGuest(name));
    }

    /** RFC 4616: an identity to act for, which must be none or one's own, the name, and the password. */
    private void withPassword(String client, String response) {
        String[] parts = response.split("\0", -1);
        if (parts.length != 3 || !(parts[0].isEmpty() || parts[0].equals(parts[1]))) {
            session.fail(ErrorCode.AUTH_FAILED, "that is not a name and a password");
        } else if (!session.isConfidential()) {
            session.fail(ErrorCode.AUTH_FAILED, "a password is taken under TLS only");
        } else {
            String name = parts[1];
            decide(client, name, who -> policy.login(who, parts[2]), () -> session.enterAccount(name));
        }
    }

    private void decide(
            String client, String name, Function<Applicant, CompletionStage<Decision>> question, Runnable enter) {
        if (!session.decide()) {
            return;
        }
        CompletionStage<Decision> decision;
        try {
            decision = question.apply(new Applicant(name, client, session.remoteAddress(), session.tls()));
        } catch (RuntimeException broken) {
            session.fail(ErrorCode.UNAVAILABLE, "nobody can be let in at the moment");
            return;
        }
        decision.whenComplete((answer, error) -> {
            if (answer == null) {
                session.fail(ErrorCode.UNAVAILABLE, "nobody can be let in at the moment");
            } else if (!answer.allowed()) {
                session.fail(ErrorCode.AUTH_FAILED, answer.reason());
            } else {
                enter(enter);
            }
        });
    }

    private void enter(Runnable enter) {
        try {
            enter.run();
        } catch (RoomException no) {
            session.fail(no.reason().code(), no.text());
        } catch (Throwable broken) { // which would be lost with the decision
            session.broke(broken);
        }
    }
}
