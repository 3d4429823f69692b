/**
 * Logs of bytes that many readers share: chunks, cursors, and the memory that all logs may take; for Parley itself.
 *
 * <p>A log is a window: the newest bytes, in order. Each reader has a cursor, a position in the log, and reads at its own
 * pace. A cursor that is slower than the window moves on is lost, and says so. This package knows bytes, positions and
 * sequence numbers. It knows no message, no room and no user.
 */
@NullMarked
package io.parley.log;

import org.jspecify.annotations.NullMarked;
