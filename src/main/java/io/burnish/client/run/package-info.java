/**
 * A run: posts files, waits for the jobs, writes the results; goes on after the client was killed.
 */
@NullMarked
package io.burnish.client.run;

import org.jspecify.annotations.NullMarked;
