package io.parley.transport.nio;

import io.parley.testkit.chat.ChatContract;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SystemFixture;
import io.parley.transport.TestTls;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Server and client over selector loops. */
class NioChatTest {

    @Nested
    class OneLoop implements ChatContract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(NioTransport.builder().loops(1).build());
        }
    }

    @Nested
    class TwoLoops implements ChatContract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(NioTransport.builder().loops(2).build());
        }
    }

    @Nested
    class Tls implements ChatContract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(
                    NioTransport.builder().loops(2).tls(TestTls.options()).build());
        }
    }

    @Nested
    class Unix implements ChatContract {
        @TempDir
        Path directory;

        @Override
        public ChatFixture open() {
            return SystemFixture.unix(NioTransport.create(), directory);
        }
    }
}
