package io.burnish.estimate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job would take.
 *
 * @param records in the batch, rejected ones included
 * @param rejected records that would fail without a call
 * @param files uploaded files that would be rejected, with the reason
 * @param duplicates records that are equal to an earlier one of the batch, which is sent alone
 * @param known records that were decided before, and need no call
 * @param toAsk records that a model would be asked about
 * @param calls to all models, further ones about refused answers included
 * @param tokens of these calls
 * @param cost of these calls in US$, to a millionth; null: a model that would be called has no
 *     price
 * @param startsAt when the first call would be sent, after the open jobs on an overlapping data
 *     directory; null: never, or no call is needed
 * @param endsAt when the last answer would come; null: never under the present limits, or while a
 *     job on an overlapping data directory is paused
 * @param seconds from now to the end; null: never
 * @param models the part of each model, by name in order of preference
 * @param recentCalls answered calls of the last days from which answers, cache and times were
 *     estimated; 0: from assumptions
 */
public record Estimate(
    long records,
    Rejected rejected,
    List<RejectedFile> files,
    long duplicates,
    Known known,
    long toAsk,
    long calls,
    Tokens tokens,
    @Nullable BigDecimal cost,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable Long seconds,
    Map<String, ModelPart> models,
    long recentCalls) {

  /**
   * Records that would fail without a call.
   *
   * @param byCode by their codes, most frequent first
   */
  public record Rejected(long total, List<Reason> byCode) {}

  /**
   * Records that fail for the same reason.
   *
   * @param code as in the failures of a job
   * @param example the sentence of the first of them
   */
  public record Reason(String code, long records, String example) {}

  /** A file that can't be read. */
  public record RejectedFile(String name, String error) {}

  /**
   * Records that were decided before.
   *
   * @param reused whose earlier answer is used again
   * @param failed that fail because of an earlier decision
   */
  public record Known(long total, long reused, long failed) {}

  /** Tokens; cached is part of prompt. */
  public record Tokens(long prompt, long completion, long cached) {}

  /**
   * The part of a model.
   *
   * @param records that it is asked about; one that is asked about twice counts twice
   * @param cost in US$; null: it has no price
   */
  public record ModelPart(long calls, long records, Tokens tokens, @Nullable BigDecimal cost) {}
}
