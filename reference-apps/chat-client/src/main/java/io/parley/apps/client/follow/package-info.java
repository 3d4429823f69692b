/** Following the server: each open room and conversation, its events, and its messages in order. */
@NullMarked
package io.parley.apps.client.follow;

import org.jspecify.annotations.NullMarked;
