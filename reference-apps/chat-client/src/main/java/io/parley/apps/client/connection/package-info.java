/** Connecting and reconnecting, errors of the connection, and the exit codes. */
@NullMarked
package io.parley.apps.client.connection;

import org.jspecify.annotations.NullMarked;
