/** Microbenchmarks: what one step of a message's way costs by itself, in time and in memory. */
@NullMarked
package io.parley.apps.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
