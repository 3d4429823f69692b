/** The commands of an operator, and where they come from: the console of the server or its admin socket. */
@NullMarked
package io.parley.apps.server.operator;

import org.jspecify.annotations.NullMarked;
