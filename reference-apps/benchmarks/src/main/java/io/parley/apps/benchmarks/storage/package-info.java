/**
 * Proves that nothing is lost when the storage, or the server that it belongs to, fails: kills at named points, lost and late
 * answers, a full disk, a database that goes away.
 */
@NullMarked
package io.parley.apps.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
