/**
 * The load generator: members of rooms on one thread, which speak the native protocol, and the scenarios they play.
 */
@NullMarked
package io.parley.apps.benchmarks.swarm;

import org.jspecify.annotations.NullMarked;
