package io.parley.apps.benchmarks.logins;

import static io.parley.apps.benchmarks.Frames.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.wire.Refused;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final Answers answers = new Answers();

    @Test
    void eachCodeIsCounted() {
        answers.add(new Refused(ErrorCode.RATE_LIMITED, "wait", 2_000));
        answers.add(new Refused(ErrorCode.RATE_LIMITED, "wait", 500));
        answers.add(new Refused(ErrorCode.AUTH_FAILED, "wrong", 0));
        answers.add(welcome(1, "owner"));
        answers.add(null);
        assertThat(answers.count()).isEqualTo(5);
        assertThat(answers)
                .hasToString("AUTH_FAILED 1; RATE_LIMITED 2, retryAfter 500 to 2,000 ms; accepted 1; no answer 1");
    }
}
