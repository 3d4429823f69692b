/** A chat client to run from a command line. */
@NullMarked
package io.parley.apps.client;

import org.jspecify.annotations.NullMarked;
