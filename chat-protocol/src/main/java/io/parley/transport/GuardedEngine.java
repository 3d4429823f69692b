package io.parley.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * An engine that takes neither records without bytes for ever nor larger ones than there are. Unwrapping is for one
 * thread at a time, the rest as the engine behind it allows.
 *
 * <p>Alerts that mean nothing, changes of keys (40 bytes that cost a tenth of a millisecond), session tickets, empty
 * records: TLS sets no bound to any of them, nor does the JDK, and a thread that reads until bytes come is the peer's
 * for as long as it sends them. So a handshake may take {@value #HANDSHAKE_RECORDS} records, and after
 * it a peer may send {@value #IDLE_RECORDS} without a byte, and one more for each KiB that it sends.
 *
 * <p>A record beyond {@value #LARGEST_RECORD} bytes is one that no cipher makes of the 16 KiB that may be in it. The
 * JDK takes it, as a bad habit of others, and from then on wants buffers twice as large for all it writes, which the
 * transports do not have.
 */
final class GuardedEngine extends SSLEngine {
    /** Enough for a chain of certificates in fragments of 512 bytes. */
    private static final int HANDSHAKE_RECORDS = 256;

    private static final int IDLE_RECORDS = 64;
    private static final int BYTES_PER_RECORD = 1024;

    private static final int HEADER = 5; // its type, two bytes of version, two of length
    private static final int LARGEST_RECORD = 16_709; // with its header: what the JDK's own buffers are made for

    private final SSLEngine engine;
    private boolean agreed; // the handshake is over; whoever unwraps
    private int left = HANDSHAKE_RECORDS; // records that may come without bytes; whoever unwraps
    private int bytes; // that have not earned a record yet; whoever unwraps

    GuardedEngine(SSLEngine engine) {
        super(engine.getPeerHost(), engine.getPeerPort());
        this.engine = engine;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        if (!agreed && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
            agreed = true;
            left = IDLE_RECORDS;
        }
        checkLength(source);
        SSLEngineResult result = engine.unwrap(source, targets, offset, length);
        if (result.bytesProduced() > 0) {
            earn(result.bytesProduced());
        } else if (result.bytesConsumed() > 0) {
            spend();
        }
        return result;
    }

    private static void checkLength(ByteBuffer source) throws SSLException {
        int at = source.position();
        // Whatever does not begin like a record is the engine's to judge.
        if (source.remaining() < HEADER || source.get(at) < 20 || source.get(at) > 23 || source.get(at + 1) != 3) {
            return;
        }
        int length = HEADER + ((source.get(at + 3) & 0xFF) << 8 | (source.get(at + 4) & 0xFF));
        if (length > LARGEST_RECORD) {
            throw new SSLException(
                    "the peer sends a record of " + length + " bytes, and none has more than " + LARGEST_RECORD);
        }
    }

    private void earn(int more) {
        bytes += more;
        left = Math.min(left + bytes / BYTES_PER_RECORD, IDLE_RECORDS);
        bytes %= BYTES_PER_RECORD;
    }

    private void spend() throws SSLException {
        left--;
        if (left < 0) {
            throw new SSLException("the peer sends records without bytes, one after the other");
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        return engine.wrap(sources, offset, length, target);
    }

    // All that follows is the engine's own.

    @Override
    public Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        engine.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return engine.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        engine.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        engine.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        engine.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return engine.getHandshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        engine.setHandshakeApplicationProtocolSelector(selector);
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return engine.getHandshakeApplicationProtocolSelector();
    }
}
