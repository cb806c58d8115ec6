/** What people do to the items of a job: cancel and reopen. */
@NullMarked
package io.burnish.queue.control;

import org.jspecify.annotations.NullMarked;
