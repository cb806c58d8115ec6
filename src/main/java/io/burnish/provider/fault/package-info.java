/** What can go wrong with a call: one type for each meaning. */
@NullMarked
package io.burnish.provider.fault;

import org.jspecify.annotations.NullMarked;
