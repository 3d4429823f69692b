/** The screen: a view that draws windows at a terminal, the keys, and the line to type in. */
@NullMarked
package io.parley.apps.client.screen;

import org.jspecify.annotations.NullMarked;
