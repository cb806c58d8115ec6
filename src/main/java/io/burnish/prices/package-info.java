/** What calls cost: the price of each model, in US$. */
@NullMarked
package io.burnish.prices;

import org.jspecify.annotations.NullMarked;
