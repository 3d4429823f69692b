/** Metrics, health checks and events for Java Flight Recorder. */
@NullMarked
package io.parley.apps.server.monitoring;

import org.jspecify.annotations.NullMarked;
