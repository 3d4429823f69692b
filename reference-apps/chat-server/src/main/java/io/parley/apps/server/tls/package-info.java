/** The TLS settings of the server, its certificate and its key. It makes a self-signed certificate on request. */
@NullMarked
package io.parley.apps.server.tls;

import org.jspecify.annotations.NullMarked;
