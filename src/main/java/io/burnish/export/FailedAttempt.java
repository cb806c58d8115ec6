package io.burnish.export;

import io.burnish.items.StoredViolation;
import java.util.List;
import java.util.Optional;

/**
 * An answer that was rejected for a record.
 *
 * @param number of the attempt, from 1
 * @param model that answered
 * @param answer the answer for the record, as JSON, or its beginning when it was cut; empty when
 *     there was none for it
 * @param violations why it was rejected
 */
record FailedAttempt(
    int number, String model, Optional<String> answer, List<StoredViolation> violations) {}
