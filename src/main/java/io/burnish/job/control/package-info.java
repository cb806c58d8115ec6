/** What happens to a job after its post: cancel, pause, resume, retry, change, end. */
@NullMarked
package io.burnish.job.control;

import org.jspecify.annotations.NullMarked;
