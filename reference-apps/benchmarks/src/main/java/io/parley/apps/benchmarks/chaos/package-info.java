/**
 * A proof that sessions survive lost connections: a server and its clients in one process, a proxy between them that damages
 * connections, and a checker of what each client was promised and shown.
 */
@NullMarked
package io.parley.apps.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
