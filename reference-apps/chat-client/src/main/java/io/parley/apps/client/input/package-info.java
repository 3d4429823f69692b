/** What the user types: lines, and the commands in them. */
@NullMarked
package io.parley.apps.client.input;

import org.jspecify.annotations.NullMarked;
