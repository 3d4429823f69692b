package io.parley.transport;

/**
 * Where a handler writes, during one {@link ConnectionHandler#onWritable} call and on its thread.
 *
 * <p>The source is a range of a heap array, because everything that is sent lives in one: a transport
 * copies it once, into the buffer that the system is given.
 */
@FunctionalInterface
public interface Sink {

    /**
     * Takes as many bytes as it can. What is taken is on its way: the caller may change the array.
     *
     * @param source the array
     * @param offset where the bytes begin
     * @param length how many there are, at least 1
     * @return how many were taken; 0 means the peer is full or the turn used up: return from {@code
     *     onWritable} at once, with {@link Progress#MORE}
     */
    int write(byte[] source, int offset, int length);

    /**
     * Takes as many bytes as it can of some that are given to many peers and never change again. A transport that sees
     * them again for the next peer need not copy them again.
     *
     * @param source the array; this range of it stays as it is for ever
     * @param offset where the bytes begin
     * @param length how many there are, at least 1
     * @return how many were taken, as {@link #write} says
     */
    default int writeShared(byte[] source, int offset, int length) {
        return write(source, offset, length);
    }
}
