/** The commands of the user: sending, joining, queries, and what waits for a new connection. */
@NullMarked
package io.parley.apps.client.command;

import org.jspecify.annotations.NullMarked;
