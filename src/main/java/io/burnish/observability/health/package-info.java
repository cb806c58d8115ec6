/** The checks behind the probes. */
@NullMarked
package io.burnish.observability.health;

import org.jspecify.annotations.NullMarked;
