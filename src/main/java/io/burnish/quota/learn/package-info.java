/** What the provider's headers and refusals teach about the limits. */
@NullMarked
package io.burnish.quota.learn;

import org.jspecify.annotations.NullMarked;
