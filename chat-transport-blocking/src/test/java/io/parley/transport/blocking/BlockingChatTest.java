package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatContract;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SystemFixture;
import io.parley.transport.TestTls;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Server and client over blocking sockets. */
class BlockingChatTest {

    @Nested
    class Tcp implements ChatContract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(BlockingTransport.create());
        }
    }

    @Nested
    class PlatformThreads implements ChatContract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(
                    BlockingTransport.builder().platformThreads().build());
        }
    }

    @Nested
    class Tls implements ChatContract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(
                    BlockingTransport.builder().tls(TestTls.options()).build());
        }
    }

    @Nested
    class Unix implements ChatContract {
        @TempDir
        Path directory;

        @Override
        public ChatFixture open() {
            return SystemFixture.unix(BlockingTransport.create(), directory);
        }
    }
}
