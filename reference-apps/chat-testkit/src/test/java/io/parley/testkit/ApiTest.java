package io.parley.testkit;

import io.parley.ApiSurface;
import io.parley.testkit.chat.ChatContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The public surface is what is recorded. */
class ApiTest {
    @Test
    void isAsRecorded() throws IOException {
        ApiSurface.check(ChatContract.class);
    }
}
