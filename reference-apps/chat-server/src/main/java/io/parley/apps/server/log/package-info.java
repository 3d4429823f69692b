/** The log of the server: its events and notes, as text or JSON, and the warnings of libraries. */
@NullMarked
package io.parley.apps.server.log;

import org.jspecify.annotations.NullMarked;
