/** Bytes to frames and frames to bytes; knows nothing of sockets, rooms or sessions. */
@NullMarked
package io.parley.wire;

import org.jspecify.annotations.NullMarked;
