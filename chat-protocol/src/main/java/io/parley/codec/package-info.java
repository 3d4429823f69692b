/**
 * Bytes, UTF-8, and the readers and writers that the wire protocol and the journals share; for those who write either.
 *
 * <p>This package knows no frame, no room and no socket.
 */
@NullMarked
package io.parley.codec;

import org.jspecify.annotations.NullMarked;
