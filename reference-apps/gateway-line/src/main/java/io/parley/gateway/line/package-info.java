/** Lines of text as a protocol: for netcat, telnet and clients from tutorials. */
@NullMarked
package io.parley.gateway.line;

import org.jspecify.annotations.NullMarked;
