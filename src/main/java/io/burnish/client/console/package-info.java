/** What the client writes to the terminal, its errors, and its waits. */
@NullMarked
package io.burnish.client.console;

import org.jspecify.annotations.NullMarked;
