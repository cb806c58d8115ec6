/** What the service does now and did before: status, history, models, profiles. */
@NullMarked
package io.burnish.api.status;

import org.jspecify.annotations.NullMarked;
