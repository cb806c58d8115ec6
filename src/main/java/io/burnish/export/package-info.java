/** Results with their evidence, and failures: streamed in input order. */
@NullMarked
package io.burnish.export;

import org.jspecify.annotations.NullMarked;
