package io.burnish.export;

import java.util.List;
import java.util.Optional;

/**
 * A failed item, as it is read.
 *
 * @param seq place in the job's input
 * @param record the record's own characters
 * @param file name of the file that it came in; empty when it came in none
 * @param code stable code of why it failed
 * @param errors why it failed, for a person
 * @param attempts the latest answers without a result, oldest first; as many as {@link
 *     ExportQueries#ATTEMPTS_TOLD} at most
 * @param model who was asked last; empty when nobody was
 */
public record FailureRow(
    int seq,
    String record,
    Optional<String> file,
    String code,
    List<String> errors,
    List<FailedAttempt> attempts,
    Optional<String> model) {}
