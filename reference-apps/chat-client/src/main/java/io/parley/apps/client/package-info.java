/**
 * The chat client to run from a command line: the main class, its command line, and the program from login to the exit
 * code. It puts the other packages together, and none of them knows it.
 */
@NullMarked
package io.parley.apps.client;

import org.jspecify.annotations.NullMarked;
