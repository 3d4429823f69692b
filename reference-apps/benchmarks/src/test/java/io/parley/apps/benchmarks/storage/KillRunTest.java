package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the run. */
@Timeout(120)
class KillRunTest {
    private static final int KILLS = 5;
    private static final long SEED = 53; // five points: the journal's, the sessions', the restart's, the members'

    @TempDir
    private Path folder;

    @Test
    void nothingIsLost() throws Exception {
        Setting setting = new Setting(folder.resolve("data"), "nio", 6, 2, 50, SEED);
        Verdict verdict = new KillRun(setting).run(KILLS);
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isPositive();
    }
}
