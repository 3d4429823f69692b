/**
 * The benchmarks that measure over real sockets: the main classes, the servers they start, and their tables. Never
 * published.
 */
@NullMarked
package io.parley.apps.benchmarks;

import org.jspecify.annotations.NullMarked;
