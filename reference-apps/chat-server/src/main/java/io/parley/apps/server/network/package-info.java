/** The addresses of this machine, the transports, and the errors of listening. */
@NullMarked
package io.parley.apps.server.network;

import org.jspecify.annotations.NullMarked;
