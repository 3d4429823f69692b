/** The file of accounts, the command that edits it, and the check of logins against it. */
@NullMarked
package io.parley.apps.server.accounts;

import org.jspecify.annotations.NullMarked;
