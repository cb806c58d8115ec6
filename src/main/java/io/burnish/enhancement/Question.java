package io.burnish.enhancement;

import io.burnish.record.SourceRecord;
import java.util.List;
import java.util.Set;

/**
 * One record to be asked about.
 *
 * @param ref its number within the call, from 1
 * @param source the record
 * @param problems sentences on what was wrong with the last answer; empty at the first asking
 * @param rulesOff names of rules its job has switched off
 */
public record Question(int ref, SourceRecord source, List<String> problems, Set<String> rulesOff) {

  /** The same question under another number. */
  public Question as(int number) {
    return new Question(number, source, problems, rulesOff);
  }
}
