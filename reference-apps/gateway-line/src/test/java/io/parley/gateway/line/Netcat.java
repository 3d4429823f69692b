package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** A client of lines on a network in memory. One thread. */
final class Netcat implements ConnectionHandler {
    private final MemoryNetwork network;
    private final Connection connection;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private byte[] output = {};
    private int written;
    private boolean over;

    Netcat(MemoryNetwork network, MemoryAddress address) {
        this.network = network;
        this.connection = network.transport().connect(address, this);
        network.run();
    }

    Netcat send(byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(output, written, output.length - written);
        all.writeBytes(bytes);
        output = all.toByteArray();
        written = 0;
        connection.wantWrite();
        network.run();
        return this;
    }

    /** Sends text as it is. */
    Netcat send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Sends a line. */
    Netcat say(String line) {
        return send(line + "\n");
    }

    /** The lines that came since this was last asked; each has its end. */
    List<String> take() {
        network.run();
        String all = got.toString(UTF_8);
        got.reset();
        assertThat(all.isEmpty() || all.endsWith("\r\n")).as(all).isTrue();
        assertThat(all.replace("\r\n", "").codePoints()).noneMatch(Character::isISOControl);
        return all.lines().toList();
    }

    /** Ends the stream in order. */
    void end() {
        connection.close();
        network.run();
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void onOpen(Connection opened) {}

    @Override
    public void onBytes(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        got.writeBytes(copy);
    }

    @Override
    public Progress onWritable(Sink sink) {
        if (written < output.length) {
            written += sink.write(output, written, output.length - written);
        }
        return written == output.length ? Progress.DRAINED : Progress.MORE;
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        over = true;
    }
}
