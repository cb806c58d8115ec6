/** A job as the API shows it: state, counts, cost, and what it waits for. */
@NullMarked
package io.burnish.api.view;

import org.jspecify.annotations.NullMarked;
