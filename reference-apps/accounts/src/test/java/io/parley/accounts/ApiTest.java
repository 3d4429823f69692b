package io.parley.accounts;

import io.parley.ApiSurface;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The public surface is what is recorded. */
class ApiTest {
    @Test
    void isAsRecorded() throws IOException {
        ApiSurface.check(StoredAccounts.class);
    }
}
