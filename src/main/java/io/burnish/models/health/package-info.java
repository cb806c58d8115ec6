/** The state of each model: cooldowns, failures in a row, fields it refuses. */
@NullMarked
package io.burnish.models.health;

import org.jspecify.annotations.NullMarked;
