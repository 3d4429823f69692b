package io.parley.transport.blocking;

import io.parley.testkit.transport.DescriptorShortage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DescriptorShortageTest {
    @Test
    void acceptingPausesAndGoesOn() throws IOException, InterruptedException {
        DescriptorShortage.check(BlockingTransport.class);
    }
}
