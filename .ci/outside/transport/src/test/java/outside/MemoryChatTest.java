package outside;

import io.parley.testkit.chat.ChatContract;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;

class MemoryChatTest implements ChatContract {
    @Override
    public ChatFixture open() {
        return MemoryFixture.seeded(1);
    }
}
