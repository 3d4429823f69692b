package io.parley.apps.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Stands between clients and a server: a line that is cut, or stalled while the connection stays. Any thread may call it. */
final class Relay implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Semaphore flow = new Semaphore(1); // a bearer of bytes to the server holds it for a moment
    private final String host;
    private final int port;
    private volatile boolean closed; // no one is let in

    /** A line to a server, HOST:PORT. */
    Relay(String place) throws IOException {
        int colon = place.lastIndexOf(':');
        host = place.substring(0, colon);
        port = Integer.parseInt(place.substring(colon + 1));
        daemon(this::letIn);
    }

    String place() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (closed) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(host, port);
                sockets.addAll(List.of(client, server));
                daemon(() -> carry(client, server, true));
                daemon(() -> carry(server, client, false));
            } catch (IOException over) {
                // the next one
            }
        }
    }

    private void carry(Socket from, Socket to, boolean toServer) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8_192];
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                if (toServer) {
                    flow.acquireUninterruptibly();
                    flow.release();
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException cut) {
            // both ends are closed now
        }
    }

    /** Stops what is sent to the server, and keeps it. */
    void stall() {
        flow.acquireUninterruptibly();
    }

    /** Sends what was kept, and goes on. */
    void flow() {
        flow.release();
    }

    /** Cuts all connections, and lets nobody in. */
    void cut() throws IOException {
        closed = true;
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Lets clients in again. */
    void open() {
        closed = false;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
