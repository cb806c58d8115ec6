/** The rows of the quotas: reserve and settle. */
@NullMarked
package io.burnish.quota.store;

import org.jspecify.annotations.NullMarked;
