package io.burnish.items;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call about an item, and the verdict on its answer.
 *
 * @param number among the calls about the item, from 1
 * @param at when it was stored in the ledger
 * @param model that was called
 * @param verdict {@code accepted} or {@code refused}; {@code answered}: not judged yet; {@code
 *     unanswered}: nothing was to be judged
 * @param outcome {@code answered}, or the kind of fault
 * @param httpStatus 0 without a response
 * @param latencyMillis from the request to the complete response
 * @param records in the call; over 0
 * @param answer what an answer without result says of the record, as JSON or its beginning; null
 *     when it says nothing, or gives the result
 * @param violations why the answer was refused; empty when it was not
 * @param tokens the record's share of the call's tokens
 */
public record ItemCall(
    int number,
    Instant at,
    String model,
    String verdict,
    String outcome,
    int httpStatus,
    int latencyMillis,
    int records,
    @Nullable String answer,
    List<StoredViolation> violations,
    Tokens tokens) {

  /**
   * Tokens of a call, or a share of them.
   *
   * @param prompt tokens, cached ones included
   * @param completion tokens
   * @param cached part of prompt
   */
  public record Tokens(int prompt, int completion, int cached) {

    /**
     * The share of one record: the shares of all records add up to the whole.
     *
     * @param ref number of the record in the call, from 1 to {@code records}
     * @param records in the call
     */
    Tokens share(int ref, int records) {
      return new Tokens(
          part(prompt, ref, records), part(completion, ref, records), part(cached, ref, records));
    }

    private static int part(int tokens, int ref, int records) {
      return (int) ((long) tokens * ref / records - (long) tokens * (ref - 1) / records);
    }
  }
}
