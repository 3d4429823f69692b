/** The names of users and rooms: which of them look alike. */
@NullMarked
package io.parley.apps.server.names;

import org.jspecify.annotations.NullMarked;
