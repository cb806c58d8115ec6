/** The text of a discount, and the amounts in it. */
@NullMarked
package io.burnish.profile.discount.text;

import org.jspecify.annotations.NullMarked;
