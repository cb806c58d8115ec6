/** New jobs: records, files or a data directory are posted, or estimated in a dry run. */
@NullMarked
package io.burnish.api.post;

import org.jspecify.annotations.NullMarked;
