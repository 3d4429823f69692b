/**
 * The servers that Parley is compared with. They fan frames out and know no chat: they speak as much of the native
 * protocol as the load generator does, and send the frames that Parley would send.
 */
@NullMarked
package io.parley.apps.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
