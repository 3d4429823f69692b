package outside;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A transport inside one process: each connection has two queues of bytes, and one thread makes all calls. */
public final class QueueTransport implements Transport {
    private static final int QUEUE_BYTES = 64 * 1024;

    // Guarded by this, as are the fields of the ends.
    private final Map<SocketAddress, QueueListening> listeners = new HashMap<>();
    private final ArrayDeque<End> ready = new ArrayDeque<>();
    private int users; // open listeners and ends
    private int nextPort = 1;
    private Thread thread; // null while there are no users

    @Override
    public synchronized Listening listen(SocketAddress asked, Acceptor acceptor) throws IOException {
        Objects.requireNonNull(acceptor);
        SocketAddress address = asked instanceof InetSocketAddress inet && inet.getPort() == 0 ? newAddress() : asked;
        if (listeners.containsKey(address)) {
            throw new BindException("address in use: " + address);
        }
        QueueListening listening = new QueueListening(address, acceptor);
        listeners.put(address, listening);
        enter();
        return listening;
    }

    @Override
    public synchronized Connection connect(SocketAddress address, ConnectionHandler handler) {
        End end = new End(Objects.requireNonNull(address), Objects.requireNonNull(handler));
        enter();
        wake(end);
        return end;
    }

    private SocketAddress newAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), nextPort++);
    }

    private void enter() {
        users++;
        if (thread == null) {
            thread = new Thread(this::run, "queue");
            thread.start();
        }
    }

    private void leave() {
        users--;
        notifyAll();
    }

    private void wake(End end) {
        if (!end.queued && !end.closed) {
            end.queued = true;
            ready.add(end);
            notifyAll();
        }
    }

    private void run() {
        while (true) {
            End end;
            synchronized (this) {
                while (ready.isEmpty() && users > 0) {
                    try {
                        wait();
                    } catch (InterruptedException byACallback) {
                        // The thread ends with its last user.
                    }
                }
                end = ready.poll();
                if (end == null) {
                    thread = null;
                    return;
                }
                end.queued = false;
            }
            end.turn();
            Thread.interrupted(); // a callback may have left it so
        }
    }

    private final class QueueListening implements Listening {
        private final SocketAddress address;
        private final Acceptor acceptor;

        QueueListening(SocketAddress address, Acceptor acceptor) {
            this.address = address;
            this.acceptor = acceptor;
        }

        @Override
        public SocketAddress address() {
            return address;
        }

        @Override
        public void close() {
            synchronized (QueueTransport.this) {
                if (listeners.remove(address, this)) {
                    leave();
                }
            }
        }
    }

    /** One end of a connection. */
    private final class End implements Connection {
        private final SocketAddress remote;
        private final ConnectionHandler handler; // null if the acceptor declined
        private final ArrayDeque<byte[]> input = new ArrayDeque<>();
        private int inputBytes;
        private End peer; // null before it is linked
        private boolean queued;
        private boolean open; // onOpen was called
        private boolean paused;
        private boolean wanted; // onWritable is to be called
        private boolean closing;
        private boolean outputEnded;
        private boolean inputEnded; // behind the bytes that are there
        private boolean reset; // the peer left with unread input
        private boolean aborted;
        private boolean closed;

        End(SocketAddress remote, ConnectionHandler handler) {
            this.remote = remote;
            this.handler = handler;
        }

        @Override
        public SocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public void wantWrite() {
            change(() -> wanted = true);
        }

        @Override
        public void pauseReads() {
            change(() -> paused = true);
        }

        @Override
        public void resumeReads() {
            change(() -> paused = false);
        }

        @Override
        public void close() {
            change(() -> {
                closing = true;
                wanted = true;
            });
        }

        @Override
        public void abort() {
            change(() -> aborted = true);
        }

        private void change(Runnable change) {
            synchronized (QueueTransport.this) {
                change.run();
                wake(this);
            }
        }

        /** On the transport's thread, without the lock: it calls the handler. */
        private void turn() {
            try {
                Disconnect why = closed ? null : step();
                if (why != null) {
                    finish(why);
                }
            } catch (Throwable thrown) {
                finish(new Disconnect(Kind.HANDLER_FAILED, thrown));
            }
        }

        /** Does one thing; returns why the connection ends, or null if it goes on. */
        private Disconnect step() {
            synchronized (QueueTransport.this) {
                if (aborted) {
                    return Disconnect.of(Kind.ABORTED);
                }
            }
            if (peer == null) {
                return connect();
            }
            if (!open) {
                open = true;
                handler.onOpen(this);
                wakeBoth();
                return null;
            }
            Disconnect why = read();
            return why == null ? write() : why;
        }

        private Disconnect connect() {
            QueueListening listening;
            SocketAddress local;
            synchronized (QueueTransport.this) {
                listening = listeners.get(remote);
                local = newAddress();
            }
            if (listening == null) {
                return new Disconnect(Kind.FAILED, new ConnectException("nobody listens at " + remote));
            }
            ConnectionHandler accepted = null;
            try {
                accepted = listening.acceptor.accept(local);
            } catch (Throwable thrown) {
                System.err.println("an acceptor threw: " + thrown);
            }
            synchronized (QueueTransport.this) {
                peer = new End(local, accepted);
                peer.peer = this;
                peer.aborted = accepted == null;
                enter();
                wake(peer);
                wake(this);
            }
            return null;
        }

        private void wakeBoth() {
            synchronized (QueueTransport.this) {
                wake(this);
                wake(peer);
            }
        }

        /** Gives one piece of input to the handler, or drops it if the connection closes. */
        private Disconnect read() {
            byte[] bytes = null;
            boolean drop;
            synchronized (QueueTransport.this) {
                if (reset) {
                    return new Disconnect(Kind.FAILED, new IOException("reset by " + remote));
                }
                drop = closing;
                if (!paused || drop) {
                    bytes = input.poll();
                    if (bytes == null && inputEnded && (!drop || outputEnded)) {
                        return Disconnect.of(drop ? Kind.CLOSED : Kind.ENDED);
                    }
                }
                if (bytes != null) {
                    inputBytes -= bytes.length;
                    wakeBoth();
                }
            }
            if (bytes != null && !drop) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                handler.onBytes(buffer);
                if (buffer.hasRemaining()) {
                    throw new IllegalStateException("onBytes left " + buffer.remaining() + " bytes");
                }
            }
            return null;
        }

        private Disconnect write() {
            synchronized (QueueTransport.this) {
                boolean full = !peer.closed && peer.inputBytes >= QUEUE_BYTES;
                if (!wanted || outputEnded || aborted || full) {
                    return null;
                }
                if (peer.closed && !closing) {
                    return new Disconnect(Kind.FAILED, new IOException(remote + " is gone"));
                }
                wanted = false;
            }
            Progress progress = Objects.requireNonNull(handler.onWritable(this::send), "onWritable returned null");
            synchronized (QueueTransport.this) {
                wanted |= progress == Progress.MORE;
                if (closing && !wanted) {
                    outputEnded = true;
                    peer.inputEnded = true;
                }
                wakeBoth();
            }
            return null;
        }

        /** The sink: takes what there is room for. */
        private int send(byte[] source, int offset, int length) {
            synchronized (QueueTransport.this) {
                int count = Math.min(length, peer.closed ? length : QUEUE_BYTES - peer.inputBytes);
                if (count > 0 && !peer.closed) {
                    byte[] bytes = new byte[count];
                    System.arraycopy(source, offset, bytes, 0, count);
                    peer.input.add(bytes);
                    peer.inputBytes += count;
                }
                return count;
            }
        }

        private void finish(Disconnect why) {
            synchronized (QueueTransport.this) {
                if (closed) {
                    return;
                }
                closed = true;
                if (peer != null) {
                    peer.reset |= !input.isEmpty();
                    peer.inputEnded = true;
                    wake(peer);
                }
                leave();
            }
            try {
                if (handler != null) {
                    handler.onClosed(why);
                }
            } catch (Throwable thrown) {
                System.err.println("onClosed threw: " + thrown);
            }
        }
    }
}
