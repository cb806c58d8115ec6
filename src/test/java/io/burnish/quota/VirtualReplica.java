package io.burnish.quota;

import io.burnish.quota.learn.ThrottleLearning;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import io.burnish.quota.store.QuotaStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What one replica knows of one model, in virtual time on a real database. */
public final class VirtualReplica {

  public static final String MODEL = "openai/gpt-oss-120b";
  public static final Limits FREE = Limits.of(30, 1_000, 8_000, 200_000.0);

  final VirtualTransactions transactions;
  final QuotaStore store;
  public final AdaptivePacing pacing;

  private VirtualReplica(VirtualTransactions transactions, InitialLimits terms) {
    this.transactions = transactions;
    this.store = new QuotaStore(transactions, transactions);
    this.pacing = new AdaptivePacing(store, transactions);
    store.open(terms);
  }

  /** Under a plan that is named. */
  public static VirtualReplica under(Limits limits, VirtualTransactions transactions) {
    return new VirtualReplica(transactions, terms(limits, InitialLimits.Source.NAMED_PLAN));
  }

  /** Under a plan that is a guess: {@code BURNISH_PLAN=auto}. */
  public static VirtualReplica guessing(Limits limits, VirtualTransactions transactions) {
    return new VirtualReplica(transactions, terms(limits, InitialLimits.Source.ASSUMED_PLAN));
  }

  /** Under any terms. */
  public static VirtualReplica of(InitialLimits terms, VirtualTransactions transactions) {
    return new VirtualReplica(transactions, terms);
  }

  public static InitialLimits terms(Limits limits, InitialLimits.Source source) {
    return new InitialLimits("https://models.example/v1", MODEL, limits, source);
  }

  public VirtualReplica at(double seconds) throws SQLException {
    transactions.at(seconds);
    return this;
  }

  public Grant reserve(int calls, long each) {
    return pacing.reserve(MODEL, calls, each);
  }

  /** An answer that tells nothing came, and is written. */
  public void answered(long reserved, long used) {
    answered(reserved, used, untold());
  }

  public void answered(long reserved, long used, RateLimitObservation seen) {
    pacing.settle(MODEL, reserved, used, seen);
    store.flush();
  }

  void refused(long reserved) {
    refused(
        reserved,
        new ThrottleNotice(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  void refused(long reserved, ThrottleNotice refusal) {
    pacing.throttled(MODEL, reserved, refusal);
  }

  /** A refusal of a call that nothing was reserved for. */
  void taught(ThrottleNotice refusal) {
    store.update(
        MODEL, (connection, row, age) -> ThrottleLearning.throttled(connection, row, refusal, age));
  }

  static ThrottleNotice refusal(Dimension dimension, double limit, double used) {
    return new ThrottleNotice(
        Optional.of(dimension), Optional.of(limit), Optional.of(used), Optional.empty());
  }

  /** A usable answer without headers. */
  public static RateLimitObservation untold() {
    return new RateLimitObservation(
        RateLimitObservation.Reported.NONE, RateLimitObservation.Reported.NONE, true);
  }

  /** As Groq tells: requests of a day, tokens of a minute, and when each is full. */
  public static RateLimitObservation groq(
      long requestsPerDay, long tokensPerMinute, long tokensLeft) {
    return new RateLimitObservation(
        told(requestsPerDay, requestsPerDay - 10, 10 * 86_400.0 / requestsPerDay),
        told(tokensPerMinute, tokensLeft, (tokensPerMinute - tokensLeft) * 60.0 / tokensPerMinute),
        true);
  }

  public static RateLimitObservation.Reported told(long limit, long left, double fullInSeconds) {
    return new RateLimitObservation.Reported(
        Optional.of(limit),
        Optional.of(left),
        fullInSeconds > 0
            ? Optional.of(Duration.ofNanos((long) (fullInSeconds * 1e9)))
            : Optional.empty());
  }

  public ModelQuota quota() {
    return store.all().get(0);
  }

  public Optional<Double> limit(Dimension dimension) {
    return Optional.ofNullable(quota().buckets().get(dimension)).map(ModelQuota.Bucket::limit);
  }

  public double level(Dimension dimension) {
    return quota().buckets().get(dimension).level();
  }

  public String learned(Dimension dimension) {
    return quota().buckets().get(dimension).learned();
  }
}
