package outside;

import io.parley.testkit.chat.ChatContract;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SystemFixture;

class QueueChatTest implements ChatContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(new QueueTransport());
    }
}
