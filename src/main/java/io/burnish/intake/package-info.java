/** Request bodies: spooled to disk, checked, and streamed as the items of a job. */
@NullMarked
package io.burnish.intake;

import org.jspecify.annotations.NullMarked;
