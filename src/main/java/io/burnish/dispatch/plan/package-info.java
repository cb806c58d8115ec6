/** Plans of calls: how many, to which model, how large; admitted by the quotas. */
@NullMarked
package io.burnish.dispatch.plan;

import org.jspecify.annotations.NullMarked;
