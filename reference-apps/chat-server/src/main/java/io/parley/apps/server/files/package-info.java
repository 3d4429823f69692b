/** Checks of files, their owners, and errors of files in plain words. */
@NullMarked
package io.parley.apps.server.files;

import org.jspecify.annotations.NullMarked;
