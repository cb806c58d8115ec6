package io.burnish.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Calls as the provider's limits have room for them, as far as they are known; where nobody tells
 * limits, as many as the provider bears. Exact, because a call is reserved before it is sent and
 * settled after it was answered. What became of calls is written with the next reservation, or by
 * {@link #flush}; a refusal, and an answer that tells other limits than the one before, at once, if
 * the database takes it. Thread-safe.
 */
final class AdaptivePacing implements Pacing {

  private static final Logger LOG = Logger.getLogger(AdaptivePacing.class);

  /** An answer that says it used so many times what was reserved is wrong about it. */
  private static final double INCREDIBLE = 20;

  private final QuotaStore store;
  private final LongSupplier nanoClock;
  private final QuotaCache recent;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** The limits that the last answer of a model told. */
  private final Map<String, RateLimitObservation.Limits> limits = new ConcurrentHashMap<>();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  AdaptivePacing(QuotaStore store, LongSupplier nanoClock) {
    this.store = store;
    this.nanoClock = nanoClock;
    this.recent = new QuotaCache(store::all, nanoClock);
  }

  /** A pause that this replica knows of itself, whether the database took it or not. */
  private record Pause(long untilNanos, String reason) {}

  @Override
  public Grant reserve(String model, int calls, long tokensEach) {
    if (isUnlimited(model)) {
      return unlessPaused(model, calls);
    }
    boolean guess = store.terms(model).isGuess();
    return store.reserve(model, new ReserveStatement.Wish(calls, Math.max(1, tokensEach), guess));
  }

  /** Without limits there is nothing to reserve; but a pause holds for all replicas. */
  private Grant unlessPaused(String model, int calls) {
    Pause own = pauses.get(model);
    if (own != null && own.untilNanos > nanoClock.getAsLong()) {
      return Grant.denied(
          Duration.ofNanos(Math.max(1, own.untilNanos - nanoClock.getAsLong())), own.reason);
    }
    Optional<ModelQuota> quota = recent.of(model);
    return quota
        .flatMap(ModelQuota::pausedUntil)
        .map(until -> Duration.between(Instant.now(), until))
        .filter(rest -> !rest.isNegative() && !rest.isZero())
        .map(rest -> Grant.denied(rest, quota.flatMap(ModelQuota::pauseReason).orElse("paused")))
        .orElseGet(() -> Grant.of(calls));
  }

  @Override
  public void unsent(String model, int calls, long tokens) {
    if (!isUnlimited(model)) {
      store.pending().add(model, PendingSettlements.Sum.unused(calls, tokens));
    }
  }

  @Override
  public void answered(String model, long reserved, long used, RateLimitObservation seen) {
    if (isUnlimited(model)) {
      return;
    }
    RateLimitObservation told = credible(model, seen);
    store
        .pending()
        .add(
            model,
            PendingSettlements.Sum.answered(
                reserved, credible(model, reserved, used), told, nanoClock.getAsLong()));
    if (told.tellsLimits() && !told.limits().equals(limits.put(model, told.limits()))) {
      // The next calls are planned by them: under an assumed plan they would be too small, or many.
      store.flush(model);
      changed();
    }
  }

  /** What an answer says it used; what was reserved, when that can't be. */
  private double credible(String model, long reserved, long used) {
    if (used >= 0 && used <= INCREDIBLE * Math.max(1, reserved)) {
      return used;
    }
    once(
        model + " usage",
        "Model %s: an answer says that it used %d tokens, where %d were reserved; such figures are passed over, and what was reserved counts"
            .formatted(model, used, reserved));
    return reserved;
  }

  private RateLimitObservation credible(String model, RateLimitObservation seen) {
    RateLimitObservation credible = seen.credible();
    if (!credible.equals(seen)) {
      once(
          model + " limits",
          "Model %s: headers tell limits that can't be (requests %s, tokens %s); such limits are passed over"
              .formatted(model, shown(seen.requests()), shown(seen.tokens())));
    }
    return credible;
  }

  private static String shown(RateLimitObservation.Reported told) {
    return told.limit().map(String::valueOf).orElse("untold");
  }

  private void once(String what, String line) {
    if (warned.add(what)) {
      LOG.warn(line);
    }
  }

  @Override
  public void refused(String model, long reserved, ThrottleNotice refusal) {
    if (!isUnlimited(model)) {
      store.pending().add(model, PendingSettlements.Sum.unused(1, reserved));
    }
    if (!refusal.hasFigures()) {
      paused(
          model,
          refusal.waitTime().orElse(LimitLearning.WITHOUT_A_WAIT),
          "the provider asks to wait");
    }
    store.tell(
        model, (connection, row, age) -> LimitLearning.refused(connection, row, refusal, age));
    changed();
  }

  @Override
  public void unanswered(String model, long reserved, Charge charge) {
    if (!isUnlimited(model)) {
      double back =
          switch (charge) {
            case NONE -> reserved;
            case UNLIKELY -> isKnownLimit(model) ? beyondLimit(model, reserved) : reserved;
            case LIKELY -> beyondLimit(model, reserved);
          };
      store.pending().add(model, PendingSettlements.Sum.unanswered(reserved, back));
    }
  }

  /** A call is charged no more than a limit allows; it may have been larger than a guessed one. */
  private double beyondLimit(String model, long reserved) {
    double most =
        recent.known(model).flatMap(AdaptivePacing::smallest).map(b -> b.limit()).orElse(1e18);
    return Math.max(0, reserved - most);
  }

  /** Whether the limit of tokens is more than the guess of plan {@code auto}; asks no database. */
  private boolean isKnownLimit(String model) {
    return !store.terms(model).isGuess()
        || recent
            .known(model)
            .flatMap(AdaptivePacing::smallest)
            .filter(ModelQuota.Bucket::isConfirmed)
            .isPresent();
  }

  @Override
  public void paused(String model, Duration pause, String reason) {
    Pause next = new Pause(nanoClock.getAsLong() + pause.toNanos(), reason);
    pauses.merge(model, next, (one, other) -> one.untilNanos > other.untilNanos ? one : other);
    changed();
  }

  @Override
  public void forgotten(String model) {
    pauses.remove(model);
    limits.remove(model);
    warned.remove(model + " usage");
    warned.remove(model + " limits");
    changed();
  }

  @Override
  public void invalid() {
    // It is asked for again when there is room, as everything else.
  }

  @Override
  public boolean isUnlimited(String model) {
    return store.isUnlimited(model);
  }

  @Override
  public Optional<Double> largest(String model) {
    return isUnlimited(model)
        ? Optional.empty()
        : recent.of(model).flatMap(AdaptivePacing::smallest).map(ModelQuota.Bucket::limit);
  }

  private static Optional<ModelQuota.Bucket> smallest(ModelQuota quota) {
    return quota.buckets().entrySet().stream()
        .filter(bucket -> bucket.getKey().countsTokens())
        .map(Map.Entry::getValue)
        .min(Comparator.comparing(ModelQuota.Bucket::limit));
  }

  @Override
  public void changed() {
    recent.forget();
  }

  @Override
  public void flush() {
    // What became of calls is in the store, which writes it.
  }

  @Override
  public void keepUp() {
    // What is in flight is in the store, which says it.
  }
}
