package io.parley.server;

import io.parley.room.RoomException;
import io.parley.server.ChatPolicy.Applicant;
import io.parley.server.ChatPolicy.Decision;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.ErrorCode;
import io.parley.wire.Hello;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** What a session understands before it is open: HELLO, and nothing else but signs of life. */
final class Login {
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
        } else if (!hello.mechanism().equals(Wire.GUEST)) {
            session.fail(ErrorCode.UNSUPPORTED_MECHANISM, "this server lets guests in: mechanism " + Wire.GUEST);
        } else {
            try {
                ByteBuffer name = hello.initial().asReadOnlyBuffer();
                decide(hello, StandardCharsets.UTF_8.newDecoder().decode(name).toString());
            } catch (CharacterCodingException malformed) {
                session.fail(ErrorCode.BAD_NAME, "the name is not UTF-8");
            }
        }
    }

    private void decide(Hello hello, String name) {
        if (!session.decide()) {
            return;
        }
        CompletionStage<Decision> decision;
        try {
            decision = policy.enter(new Applicant(name, hello.client(), session.remoteAddress()));
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
                enter(name);
            }
        });
    }

    private void enter(String name) {
        try {
            session.enterGuest(name);
        } catch (RoomException no) {
            session.fail(Codes.of(no.reason()), no.text());
        }
    }
}
