/** What the service does now and did before: depth of the queue, replicas, history; reads only. */
@NullMarked
package io.burnish.status;

import org.jspecify.annotations.NullMarked;
