package io.parley.testkit.chat;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A transport whose outgoing connections a test can cut. Any thread. */
public final class Cuttable implements Transport {
    private final Transport transport;
    private final List<Connection> made = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /**
     * Wraps a transport.
     *
     * @param transport makes the connections
     */
    public Cuttable(Transport transport) {
        this.transport = transport;
    }

    @Override
    public Listening listen(SocketAddress address, Acceptor acceptor) throws IOException {
        return transport.listen(address, acceptor);
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler) {
        Connection connection = transport.connect(address, handler);
        made.add(connection);
        if (stopped) {
            connection.abort();
        }
        return connection;
    }

    /** Aborts each connection that is made from now on as well. */
    public void stop() {
        stopped = true;
    }

    /** Lets connections live again. */
    public void go() {
        stopped = false;
    }

    /** Aborts each connection that was made with {@link #connect}. */
    public void cut() {
        made.forEach(Connection::abort);
    }

    /**
     * How many connections were made with {@link #connect}, those that ended included.
     *
     * @return the number of connections
     */
    public int connects() {
        return made.size();
    }
}
