/**
 * Traces by OpenTelemetry, off unless {@code QUARKUS_OTEL_SDK_DISABLED=false}: one for each
 * attempt, from the claim to the commit of its outcomes. Spans have no text of records, prompts or
 * answers.
 */
@NullMarked
package io.burnish.traces;

import org.jspecify.annotations.NullMarked;
