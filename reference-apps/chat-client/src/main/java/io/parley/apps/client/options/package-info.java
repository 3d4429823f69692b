/** The options of the client: its settings, the address of the server, and which certificates to trust. */
@NullMarked
package io.parley.apps.client.options;

import org.jspecify.annotations.NullMarked;
