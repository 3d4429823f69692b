/**
 * What Parley is compared with: servers that fan frames out and know no chat. They speak as much of the native protocol
 * as the load generator does, and send the frames that Parley would send. Never published.
 */
@NullMarked
package io.parley.apps.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
