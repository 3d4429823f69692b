/**
 * The frames of the native protocol as WIRE.md has them, bytes to frames and back; for those who write another client or
 * server.
 *
 * <p>Each frame is a record with its layout, encoder and decoder side by side. {@link io.parley.wire.FrameDecoder} takes bytes
 * that are cut anywhere. This package knows no socket, no room and no session.
 */
@NullMarked
package io.parley.wire;

import org.jspecify.annotations.NullMarked;
