/** What a job would take if it was posted now: calls, tokens, cost and time. Stores nothing. */
@NullMarked
package io.burnish.estimate;

import org.jspecify.annotations.NullMarked;
