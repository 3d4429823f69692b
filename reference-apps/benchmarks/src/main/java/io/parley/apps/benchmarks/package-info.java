/** What Parley costs: a load generator over real sockets, and microbenchmarks. Never published. */
@NullMarked
package io.parley.apps.benchmarks;

import org.jspecify.annotations.NullMarked;
