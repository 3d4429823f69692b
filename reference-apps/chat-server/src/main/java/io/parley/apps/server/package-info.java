/**
 * The chat server to run from a command line: the main class, its command line, and start, reload and shutdown of the
 * server. It puts the other packages together, and none of them knows it.
 */
@NullMarked
package io.parley.apps.server;

import org.jspecify.annotations.NullMarked;
