/** One call through the chain of models: who is asked, what is retried, who is next. */
@NullMarked
package io.burnish.models;

import org.jspecify.annotations.NullMarked;
