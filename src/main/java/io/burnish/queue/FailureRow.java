package io.burnish.queue;

import java.util.List;
import java.util.Optional;

/**
 * A failed item, as it is read.
 *
 * @param seq place in the job's input
 * @param record the record's own characters
 * @param errors why it failed
 * @param attempts answers that were refused
 * @param model who was asked last; empty when nobody was
 */
public record FailureRow(
    int seq, String record, List<String> errors, int attempts, Optional<String> model) {}
