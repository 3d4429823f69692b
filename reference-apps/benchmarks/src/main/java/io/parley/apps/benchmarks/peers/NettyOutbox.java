package io.parley.apps.benchmarks.peers;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event loop has to send at the end of its turn: a task that runs once all sockets that were ready have been
 * read. Event loop only.
 */
final class NettyOutbox implements Runnable {
    private final EventLoop loop;
    private final List<NettyRoom.Branch> due = new ArrayList<>();
    private final List<NettySession> unflushed = new ArrayList<>();

    NettyOutbox(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    void add(NettyRoom.Branch branch) {
        if (due.isEmpty()) {
            loop.execute(this);
        }
        due.add(branch);
    }

    /** A session has been written to and wants its flush. */
    void add(NettySession session) {
        unflushed.add(session);
    }

    @Override
    public void run() {
        for (NettyRoom.Branch branch : due) {
            branch.send();
        }
        due.clear();
        for (NettySession session : unflushed) {
            session.flush();
        }
        unflushed.clear();
    }
}
