/** Limits and quotas as values: what is asked for, granted, observed. */
@NullMarked
package io.burnish.quota.limit;

import org.jspecify.annotations.NullMarked;
