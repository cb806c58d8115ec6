/** HTTP on the loopback address: the server, and the ways in which a reply is sent. */
@NullMarked
package io.burnish.simulator.http;

import org.jspecify.annotations.NullMarked;
