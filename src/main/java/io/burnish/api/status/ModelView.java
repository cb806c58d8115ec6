package io.burnish.api.status;

import io.burnish.models.ModelReports.Limit;
import io.burnish.models.ModelReports.Report;
import io.burnish.models.health.ModelStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as the API shows it.
 *
 * @param model its name
 * @param place in the order of preference, from 0
 * @param state {@code usable}, {@code paused} (until a time) or {@code gone} (decommissioned)
 * @param pausedUntil no call is sent before; null when it is not paused
 * @param reason why it is paused or gone; null when it is usable
 * @param limits by their short names: rpm, rpd (requests a minute, a day), tpm, tpd (tokens); one
 *     that is not known is missing
 * @param pacing what decides when it is called: {@code limits}, {@code adaptive} (its responses
 *     name no limits), {@code fixed} or {@code unlimited}
 * @param callsInFlight most calls in flight over all replicas, while adaptive; else null
 * @param throttled rate limit responses (429), ever, over all replicas
 * @param throttledInARow rate limit responses since its last answer or switch, at this replica
 * @param othersTokensPerMinute estimated use by others of the same organization
 * @param capabilities fields of the request that the model refused; they are not sent to it
 * @param lastSwitch when this replica last switched from it to another model, and why; null: never
 */
public record ModelView(
    String model,
    int place,
    String state,
    @Nullable Instant pausedUntil,
    @Nullable String reason,
    Map<String, LimitView> limits,
    String pacing,
    @Nullable Long callsInFlight,
    long throttled,
    int throttledInARow,
    long othersTokensPerMinute,
    List<FieldView> capabilities,
    @Nullable SwitchView lastSwitch) {

  /**
   * One limit.
   *
   * @param limit per window
   * @param level what is left of it; below zero after calls that used more than was reserved
   * @param learned source of the limit: plan, configured, headers, 429 or adaptive
   * @param fullAt when the whole limit is available again, if no more calls are sent
   */
  public record LimitView(long limit, long level, String learned, Instant fullAt) {

    static LimitView of(Limit limit) {
      return new LimitView(
          Math.round(limit.limit()),
          (long) Math.floor(limit.level()),
          limit.learned(),
          limit.fullAt());
    }
  }

  /**
   * A field of the request that is left out.
   *
   * @param leftOut its name
   * @param since when the model refused it
   * @param until when it is sent again
   * @param reason message of the provider
   */
  public record FieldView(String leftOut, Instant since, Instant until, String reason) {}

  /** When this replica switched to another model, and why. */
  public record SwitchView(Instant at, String cause) {}

  static ModelView of(Report report) {
    ModelStatus status = report.status();
    Instant until =
        Stream.concat(status.cooldownUntil().stream(), report.pausedUntil().stream())
            .max(Instant::compareTo)
            .orElse(null);
    String reason = status.reason().isEmpty() ? report.pauseReason().orElse(null) : status.reason();
    Map<String, LimitView> limits = new LinkedHashMap<>();
    report.limits().forEach((name, limit) -> limits.put(name, LimitView.of(limit)));
    return new ModelView(
        status.model(),
        status.place(),
        status.decommissioned() ? "gone" : until == null ? "usable" : "paused",
        until,
        reason,
        limits,
        report.pacing(),
        report.callsInFlight().orElse(null),
        report.throttled(),
        status.throttledInARow(),
        Math.round(report.othersTokensPerMinute()),
        report.leftOut().stream()
            .map(f -> new FieldView(f.field(), f.since(), f.until(), f.reason()))
            .toList(),
        status.lastFailover().map(s -> new SwitchView(s.at(), s.cause())).orElse(null));
  }
}
