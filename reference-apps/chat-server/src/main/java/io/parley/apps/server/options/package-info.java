/**
 * The options of the server: from the command line, the environment and the configuration file to settings. It opens
 * nothing.
 */
@NullMarked
package io.parley.apps.server.options;

import org.jspecify.annotations.NullMarked;
