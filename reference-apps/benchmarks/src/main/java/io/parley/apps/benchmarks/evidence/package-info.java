/** What clients said, were promised and were shown, and the checker that compares it. */
@NullMarked
package io.parley.apps.benchmarks.evidence;

import org.jspecify.annotations.NullMarked;
