package io.burnish.api.post;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.api.view.JobView.Tokens;
import io.burnish.estimate.Estimate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a dry run.
 *
 * @param records in the batch, rejected ones included
 * @param rejected records that would fail without a call
 * @param files uploaded files that would be rejected
 * @param duplicates records that are equal to an earlier one of the batch
 * @param known records that were decided before
 * @param toAsk records that a model would be asked about
 * @param calls to all models
 * @param tokens of these calls
 * @param cost of these calls in US$; null: a model that would be called has no price
 * @param startsAt when the first call would be sent; null: never, or no call is needed
 * @param endsAt when the last answer would come; null: never, under the present limits
 * @param seconds from now to the end; null: never
 * @param models the part of each model, by name in order of preference
 * @param recentCalls answered calls from which answers and times were estimated; 0: assumed
 */
@JsonInclude
public record EstimateView(
    long records,
    RejectedView rejected,
    List<RejectedFileView> files,
    long duplicates,
    KnownView known,
    long toAsk,
    long calls,
    Tokens tokens,
    @Nullable BigDecimal cost,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable Long seconds,
    Map<String, ModelPartView> models,
    long recentCalls) {

  /** Records that would fail without a call, by code. */
  public record RejectedView(long total, List<ReasonView> byCode) {}

  /** Records that would fail for one reason; example is the sentence of the first. */
  public record ReasonView(String code, long records, String example) {}

  /** A file that would be rejected. */
  public record RejectedFileView(String name, String error) {}

  /** Records that were decided before: reused ones succeed, failed ones fail. */
  public record KnownView(long total, long reused, long failed) {}

  /** The part of one model. */
  public record ModelPartView(long calls, long records, Tokens tokens, @Nullable BigDecimal cost) {}

  static EstimateView of(Estimate estimate) {
    Map<String, ModelPartView> models = new LinkedHashMap<>();
    estimate
        .models()
        .forEach(
            (model, part) ->
                models.put(
                    model,
                    new ModelPartView(
                        part.calls(), part.records(), tokens(part.tokens()), part.cost())));
    return new EstimateView(
        estimate.records(),
        new RejectedView(
            estimate.rejected().total(),
            estimate.rejected().byCode().stream()
                .map(each -> new ReasonView(each.code(), each.records(), each.example()))
                .toList()),
        estimate.files().stream()
            .map(file -> new RejectedFileView(file.name(), file.error()))
            .toList(),
        estimate.duplicates(),
        new KnownView(
            estimate.known().total(), estimate.known().reused(), estimate.known().failed()),
        estimate.toAsk(),
        estimate.calls(),
        tokens(estimate.tokens()),
        estimate.cost(),
        estimate.startsAt(),
        estimate.endsAt(),
        estimate.seconds(),
        models,
        estimate.recentCalls());
  }

  private static Tokens tokens(Estimate.Tokens tokens) {
    return new Tokens(tokens.prompt(), tokens.completion(), tokens.cached());
  }
}
