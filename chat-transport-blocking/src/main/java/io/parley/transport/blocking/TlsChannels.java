package io.parley.transport.blocking;

import io.parley.transport.TlsOptions;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import tlschannel.BufferAllocator;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/**
 * Makes the channels of the TLS library. Any thread may call it.
 *
 * <p>The library allocates a buffer for each record and keeps none between records. The buffers are on the heap: the
 * ciphers work on arrays, and a direct buffer costs more to allocate than a record costs to encrypt.
 */
final class TlsChannels {
    private static final BufferAllocator ON_HEAP = new HeapBufferAllocator();

    private TlsChannels() {}

    static TlsChannel server(SocketChannel channel, TlsOptions options, SSLEngine engine) {
        // The library wants a context and passes it to the factory, which has its engine already.
        return ServerTlsChannel.newBuilder(channel, options.context().get())
                .withEngineFactory(context -> engine)
                .withRunTasks(false)
                .withEncryptedBufferAllocator(ON_HEAP)
                .build();
    }

    static TlsChannel client(SocketChannel channel, SSLEngine engine) {
        return ClientTlsChannel.newBuilder(channel, engine)
                .withRunTasks(false)
                .withEncryptedBufferAllocator(ON_HEAP)
                .build();
    }
}
