/** The windows of a screen: the lines of each room and conversation, without any drawing. */
@NullMarked
package io.parley.apps.client.window;

import org.jspecify.annotations.NullMarked;
