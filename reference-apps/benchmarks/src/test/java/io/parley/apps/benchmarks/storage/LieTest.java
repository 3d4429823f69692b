package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.evidence.Tally;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose storage loses what was acknowledged is found out. */
@Timeout(120)
class LieTest {
    @TempDir
    private Path folder;

    @Test
    void aLossIsFound() throws Exception {
        Setting setting = new Setting(folder.resolve("data"), "nio", 4, 2, 50, 1);
        Tally tally = new Tally();
        try (ServerRun server = setting.server()) {
            server.start("none");
            try (Crowd crowd = new Crowd(server.port(), setting.rooms(), tally)) {
                crowd.come(setting.clients());
                tally.counting(true);
                server.order("lie 1");
                long before = crowd.acknowledged();
                crowd.talk(setting.everyMillis());
                assertThat(Crowd.await(30, () -> crowd.acknowledged() > before + 20))
                        .isTrue();
                crowd.hush();
                assertThat(Crowd.await(30, crowd::isSettled)).isTrue();
                server.kill();
                assertThat(server.awaitDeath(30)).isTrue();
                server.start("none");
                Verdict verdict = crowd.verdict(1, false);
                assertThat(verdict.isClean()).isFalse();
                assertThat(verdict.toString())
                        .containsPattern("acknowledged but not shown: [1-9]")
                        .endsWith("FAILED");
            }
        }
    }
}
