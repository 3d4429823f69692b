package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server on a PostgreSQL database that fails. Properties make it longer: {@code parley.cuts}, {@code parley.kills} and
 * {@code parley.stops} say how often, {@code parley.clients} how many talk.
 */
@Timeout(850)
class DatabaseFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void nothingIsLost() throws Exception {
        DatabaseRun.Times times = new DatabaseRun.Times(
                Integer.getInteger("parley.cuts", 4),
                Integer.getInteger("parley.kills", 1),
                Integer.getInteger("parley.stops", 1));
        DatabaseRun.Result result;
        try (EmbeddedDatabase database = new EmbeddedDatabase(folder.resolve("database"))) {
            String transport = System.getProperty("parley.transport", "nio");
            result =
                    DatabaseRun.run(folder, database, times, Integer.getInteger("parley.clients", 10), transport, 4711);
        }
        if (System.getProperty("parley.cuts") != null) {
            System.out.println(result.report());
        }
        assertThat(result.isClean()).as(result.report()).isTrue();
    }
}
