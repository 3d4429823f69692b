/** The terminal: printing lines, reading lines, and signals. It does not know what the lines mean. */
@NullMarked
package io.parley.apps.server.terminal;

import org.jspecify.annotations.NullMarked;
