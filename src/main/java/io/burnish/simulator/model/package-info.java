/** What is known of the models: names, capabilities, tokens, latency, prompt caching. */
@NullMarked
package io.burnish.simulator.model;

import org.jspecify.annotations.NullMarked;
