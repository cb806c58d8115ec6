import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the simulator had counted of one model at some moment.
 *
 * @param counts as it tells them
 * @param levels of the model's buckets, by limit
 * @param seconds since it was started, by its own clock
 */
record Totals(JsonNode counts, JsonNode levels, double seconds) {

  /** A model's part of the simulator's answer. */
  static Totals of(JsonNode totals, String model) {
    return new Totals(
        totals.path("models").path(model),
        totals.path("quotas").path(model).path("levels"),
        totals.path("seconds").asDouble());
  }

  /** Calls that were let through. */
  long calls() {
    return counts.path("admitted").asLong();
  }

  /** Calls that were answered as asked. */
  long answered() {
    return counts.path("statuses").path("200").asLong();
  }

  /** Tokens of all prompts and answers, cached ones too. */
  long tokens() {
    return counts.path("promptTokens").asLong() + counts.path("completionTokens").asLong();
  }

  /** 429s of all limits. */
  long throttled() {
    long sum = 0;
    for (JsonNode count : counts.path("throttled")) {
      sum += count.asLong();
    }
    return sum;
  }

  /** The most 429s of any one limit. */
  long throttledMost() {
    long most = 0;
    for (JsonNode count : counts.path("throttled")) {
      most = Math.max(most, count.asLong());
    }
    return most;
  }

  /** 429s by limit, for a person. */
  String throttledBy() {
    return throttled() == 0 ? "none" : counts.path("throttled").toString().replaceAll("[{}\"]", "");
  }

  /** Tokens a minute that were charged since an earlier moment, as they came. */
  double tokensPerMinuteSince(Totals before) {
    return perMinute(charged() - before.charged(), before);
  }

  /**
   * Tokens a minute that were charged since an earlier moment, less what had been saved up by then:
   * who empties a full bucket has not yet used what drips in.
   *
   * @param limit whose bucket it is: {@code TPM} or {@code TPD}
   */
  double drippingTokensSince(Totals before, String limit) {
    return perMinute(charged() - before.charged() - savedUp(before, limit), before);
  }

  /** Calls a minute that were let through since an earlier moment, less what had been saved up. */
  double drippingCallsSince(Totals before) {
    return perMinute(calls() - before.calls() - savedUp(before, "RPM"), before);
  }

  private double savedUp(Totals before, String limit) {
    return Math.max(0, before.level(limit) - level(limit));
  }

  private double level(String limit) {
    return levels.path(limit).asDouble();
  }

  private long charged() {
    return counts.path("chargedTokens").asLong();
  }

  private double perMinute(double count, Totals before) {
    return count * 60 / (seconds - before.seconds);
  }
}
