package io.burnish.enhancement;

import io.burnish.record.SourceRecord;
import java.util.List;
import java.util.Set;

/**
 * A record in a prompt.
 *
 * @param ref number of the record in the call, from 1
 * @param source the record
 * @param problems violations of the last answer, as sentences; empty in the first attempt
 * @param rulesOff names of the rules that the job has switched off
 */
public record Question(int ref, SourceRecord source, List<String> problems, Set<String> rulesOff) {

  /** The same question under another number. */
  public Question as(int number) {
    return new Question(number, source, problems, rulesOff);
  }
}
