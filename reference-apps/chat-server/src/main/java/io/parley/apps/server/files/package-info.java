/** Checks of files, owners of files, secrets in files, and descriptions of their errors. */
@NullMarked
package io.parley.apps.server.files;

import org.jspecify.annotations.NullMarked;
