/** Terminals: harmless text, times in words, the standard input, and stopping at Ctrl-Z. It knows nothing of chat. */
@NullMarked
package io.parley.apps.terminal;

import org.jspecify.annotations.NullMarked;
