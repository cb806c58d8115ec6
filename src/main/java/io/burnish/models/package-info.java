/** One call through the chain of models: timeout, retry, fallback, cooldowns. */
@NullMarked
package io.burnish.models;

import org.jspecify.annotations.NullMarked;
