/** The audit: a row for each call that may change something. */
@NullMarked
package io.burnish.access.audit;

import org.jspecify.annotations.NullMarked;
