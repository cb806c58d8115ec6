/** From records to a prompt, and from a raw answer to a verdict on each record. */
@NullMarked
package io.burnish.enhancement;

import org.jspecify.annotations.NullMarked;
