package io.burnish.export;

import java.util.List;
import java.util.Optional;

/**
 * A failed item.
 *
 * @param seq position in the job's input, from 0
 * @param record the record as it is stored
 * @param file name of its file; empty when the job has none
 * @param code stable code of why it failed
 * @param errors why it failed, for a person
 * @param attempts the latest rejected answers, oldest first; at most {@link
 *     ExportQueries#MOST_ATTEMPTS}
 * @param model that was called last; empty when none was
 */
record FailureRow(
    int seq,
    String record,
    Optional<String> file,
    String code,
    List<String> errors,
    List<FailedAttempt> attempts,
    Optional<String> model) {}
