/** Logins of accounts under attack. */
@NullMarked
package io.parley.apps.benchmarks.logins;

import org.jspecify.annotations.NullMarked;
