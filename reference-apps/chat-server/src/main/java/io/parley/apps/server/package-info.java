/** A chat server to run from a command line. */
@NullMarked
package io.parley.apps.server;

import org.jspecify.annotations.NullMarked;
