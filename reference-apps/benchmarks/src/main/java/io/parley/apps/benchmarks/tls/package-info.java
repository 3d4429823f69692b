/** Keys and trust of the servers and clients of one run. */
@NullMarked
package io.parley.apps.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
