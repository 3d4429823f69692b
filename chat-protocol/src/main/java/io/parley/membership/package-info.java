/**
 * Which accounts are members of which rooms, as the journal keeps it; for the hub alone.
 *
 * <p>A membership has two rows, so that both can be listed: the rooms of an account, and the accounts of a room. Both are
 * written within a second, and both are removed with the entry that bans or kicks the account.
 *
 * <p>This package knows the journal and no room in use.
 */
@NullMarked
package io.parley.membership;

import org.jspecify.annotations.NullMarked;
