/**
 * Accounts with passwords, kept in a journal: a policy that checks logins, takes registrations, and lets the program manage
 * accounts. It knows nothing of connections and rooms. {@link io.parley.accounts.ScramLogin} is for clients, and needs no accounts.
 */
@NullMarked
package io.parley.accounts;

import org.jspecify.annotations.NullMarked;
