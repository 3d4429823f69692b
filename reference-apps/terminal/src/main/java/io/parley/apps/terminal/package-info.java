/** What programs for people know of terminals. It knows nothing of chat. */
@NullMarked
package io.parley.apps.terminal;

import org.jspecify.annotations.NullMarked;
