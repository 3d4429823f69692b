/** The commands that copy, check and move what a server keeps. */
@NullMarked
package io.parley.apps.server.storage;

import org.jspecify.annotations.NullMarked;
