/** Measurements of the Parley modules. */
@NullMarked
package io.parley.apps.benchmarks;

import org.jspecify.annotations.NullMarked;
