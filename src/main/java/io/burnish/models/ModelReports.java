package io.burnish.models;

import io.burnish.models.health.Capabilities;
import io.burnish.models.health.ModelStatus;
import io.burnish.models.health.ModelStatuses;
import io.burnish.quota.Quotas;
import io.burnish.quota.limit.ModelQuota;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The status, limits and left-out fields of each model, for the API. */
@Singleton
public class ModelReports {

  private final ModelStatuses statuses;
  private final Quotas quotas;
  private final Capabilities capabilities;

  ModelReports(ModelStatuses statuses, Quotas quotas, Capabilities capabilities) {
    this.statuses = statuses;
    this.quotas = quotas;
    this.capabilities = capabilities;
  }

  /**
   * One model.
   *
   * @param status as this replica knows it
   * @param limits its limits by their short names (rpm, rpd, tpm, tpd); an unknown one is missing
   * @param pacing limits, adaptive, fixed or unlimited
   * @param callsInFlight most calls in flight over all replicas; empty unless it is adaptive
   * @param pausedUntil no replica sends a call before
   * @param pauseReason why
   * @param throttled rate limits since the first start, over all replicas
   * @param othersTokensPerMinute estimated use by others of the same organization
   * @param leftOut fields of the request that the model refused and that are not sent
   */
  public record Report(
      ModelStatus status,
      Map<String, Limit> limits,
      String pacing,
      Optional<Long> callsInFlight,
      Optional<Instant> pausedUntil,
      Optional<String> pauseReason,
      long throttled,
      double othersTokensPerMinute,
      List<FieldLeftOut> leftOut) {}

  /**
   * A field that is not sent.
   *
   * @param field its name
   * @param since when the model refused it
   * @param until when it is sent again
   * @param reason in the provider's words
   */
  public record FieldLeftOut(String field, Instant since, Instant until, String reason) {}

  /**
   * One limit.
   *
   * @param limit of the window
   * @param level what is left
   * @param learned source of the limit: plan, configured, headers, 429 or adaptive
   * @param fullAt when the whole limit is available again, if nothing else is sent
   */
  public record Limit(double limit, double level, String learned, Instant fullAt) {}

  /** Each model, in order of preference. */
  public List<Report> all() {
    Map<String, ModelQuota> byModel = new HashMap<>();
    quotas.all().forEach(quota -> byModel.put(quota.model(), quota));
    return statuses.all().stream()
        .map(status -> report(status, Optional.ofNullable(byModel.get(status.model()))))
        .toList();
  }

  private Report report(ModelStatus status, Optional<ModelQuota> quota) {
    Map<String, Limit> limits = new LinkedHashMap<>();
    quota
        .map(ModelQuota::buckets)
        .orElse(Map.of())
        .forEach(
            (dimension, bucket) ->
                limits.put(
                    dimension.name().toLowerCase(Locale.ROOT),
                    new Limit(bucket.limit(), bucket.level(), bucket.learned(), bucket.fullAt())));
    return new Report(
        status,
        limits,
        quota.map(ModelQuota::pacing).orElse(ModelQuota.PacingMode.LIMITS).word(),
        quota.flatMap(ModelQuota::callsInFlight),
        quota.flatMap(ModelQuota::pausedUntil),
        quota.flatMap(ModelQuota::pauseReason),
        quota.map(ModelQuota::throttled).orElse(0L),
        quota.map(ModelQuota::foreignTokensPerMinute).orElse(0.0),
        capabilities.all(status.model()).stream()
            .map(f -> new FieldLeftOut(f.field().word(), f.since(), f.until(), f.reason()))
            .toList());
  }
}
