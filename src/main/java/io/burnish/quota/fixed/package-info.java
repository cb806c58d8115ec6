/** Fixed pacing: one call after the other, with a delay. */
@NullMarked
package io.burnish.quota.fixed;

import org.jspecify.annotations.NullMarked;
