/** What is sent to the provider and what comes back, as values. */
@NullMarked
package io.burnish.provider.wire;

import org.jspecify.annotations.NullMarked;
