/**
 * Where entries are kept: the interface that storage implements, and a journal in memory; for those who write journals.
 *
 * <p>This package knows no live room, no frame and no socket.
 */
@NullMarked
package io.parley.journal;

import org.jspecify.annotations.NullMarked;
