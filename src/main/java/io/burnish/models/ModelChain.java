package io.burnish.models;

import io.burnish.models.Cooldown.Cause;
import io.burnish.models.HealthTracker.EndedCall;
import io.burnish.provider.ModelUnavailable;
import io.burnish.provider.Overloaded;
import io.burnish.provider.ProviderFault;
import io.burnish.provider.Refused;
import io.burnish.provider.Throttled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which models can be asked, in order of preference, and how many calls each may have. A model that
 * is throttled too often in a row, fails, or refuses everything is in a cooldown; one that is
 * decommissioned is out for good. Plain and thread-safe; time is passed in.
 *
 * <p><b>How calls are counted.</b> A model that was never heard from, or comes back from a
 * cooldown, may have a few calls at once ({@link #slowStartLimit}). So each call is counted from
 * its begin to its end: {@link Admission} counts those that it admits ({@link #began}) and takes
 * off those that it gets back ({@link #notSent}); {@link ChatGateway} counts each HTTP call that
 * was not admitted, such as a retry or a fallback ({@link #tryBegin}), and ends every one by {@link
 * #answered}, {@link #faulted} or {@link #notSent}. What is lost is not counted after three
 * minutes.
 */
public final class ModelChain {

  /** A model that answered within this time works: what it refuses is the record's. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final Preference preference;
  private final CooldownPolicy policy;
  private final ModelsConfig config;
  private final Clock clock;
  private final ModelEventLog log;
  private final ModelHealthRegistry registry;
  private final HealthTracker tracker;

  ModelChain(List<String> preference, ModelsConfig config, Clock clock, ModelEvents events) {
    this.preference = new Preference(preference);
    this.policy = new CooldownPolicy(config, clock);
    this.config = config;
    this.clock = clock;
    this.registry = new ModelHealthRegistry(clock);
    this.log = new ModelEventLog(events);
    this.tracker = new HealthTracker(this.preference, policy, registry, log, clock);
  }

  /**
   * Whether anybody can be asked.
   *
   * @param now whether a model can take a call now
   * @param until when the soonest model can; now's instant if one can now
   * @param reason why nobody can now, in words; empty if one can
   * @param noModelLeft whether no model is left at all, so that time alone won't help
   */
  public record Availability(
      boolean isAvailable, Instant until, String reason, boolean noModelLeft) {}

  /**
   * The model to ask first.
   *
   * @return empty when nobody can be asked now
   */
  public Optional<String> first() {
    return usable().stream().findFirst();
  }

  /** The next model that can be asked now, may have one more call and was not tried, or empty. */
  Optional<String> next(Set<String> tried) {
    return usable().stream()
        .filter(model -> !tried.contains(model) && slowStartLimit(model) > 0)
        .findFirst();
  }

  /** The models that can be asked now, in order of preference. */
  List<String> usable() {
    return preference.remaining().stream().filter(model -> !isCoolingDown(model)).toList();
  }

  /** Whether the model is in a cooldown. */
  boolean isCoolingDown(String model) {
    return policy.isCoolingDown(registry.of(model));
  }

  /** Whether the model neither failed nor refused since its last answer. */
  boolean isHealthy(String model) {
    return !registry.of(model).isUnhealthy();
  }

  /** The model's place in the order of preference, from 0; below 0 when it is not configured. */
  int place(String model) {
    return preference.place(model);
  }

  /**
   * How many more calls to the model may begin now: four in all when it was never heard from since
   * the start, one when it comes back from a cooldown, twice as many with each answer, and {@code
   * Integer.MAX_VALUE} after five. Never below 0.
   */
  int slowStartLimit(String model) {
    return registry.slowStartLimit(model);
  }

  /** Calls to the model were admitted; each ends by itself. */
  void began(String model, int calls) {
    registry.began(model, calls);
  }

  /** Counts a call that nobody admitted; false, when the model may not be called now. */
  boolean tryBegin(String model) {
    return registry.tryBegin(model);
  }

  /** Calls that began were not sent. */
  void notSent(String model, int calls) {
    registry.notSent(model, calls);
  }

  /** Why no call is sent to the model now, as a fault of it; it is not worth a retry. */
  ProviderFault unavailable(String model) {
    Cooldown rest = registry.of(model).cooldown();
    Duration wait =
        Duration.between(
            clock.instant(), rest.isOver(clock.instant()) ? clock.instant() : rest.until());
    String why =
        wait.isZero()
            ? "no call is sent to %s: the answers of other calls are waited for".formatted(model)
            : "no call is sent to %s until %s, in a cooldown: %s"
                .formatted(model, rest.until(), rest.reason());
    ProviderFault fault =
        switch (wait.isZero() ? Cause.NOTHING : rest.cause()) {
          case LIMIT -> new Throttled(model, 0, why, ProviderFault.Dimension.UNKNOWN, wait);
          case ACCOUNT -> new Refused(model, 0, why, true);
          case BLOCKED -> new ModelUnavailable(model, 0, why, false);
          case NOTHING, FAILURE, REFUSAL -> new Overloaded(model, why);
        };
    fault.forbidRetry();
    return fault;
  }

  /** A model that rests. */
  record CoolingDown(String model, Cooldown cooldown) {}

  /** Of the eligible models that rest, the one that can be asked first; empty when none rests. */
  Optional<CoolingDown> soonestCooldown(Predicate<String> eligible) {
    return preference.remaining().stream()
        .filter(eligible)
        .filter(this::isCoolingDown)
        .map(model -> new CoolingDown(model, registry.of(model).cooldown()))
        .min(Comparator.comparing(resting -> resting.cooldown().until()));
  }

  /**
   * How long a record waits that met this fault: until a model can be asked, or, at a limit, as the
   * provider says. What it waits for after that is a matter of the quotas.
   */
  public Duration waitAfter(ProviderFault fault) {
    Availability somebody = availability();
    Duration until = Duration.between(clock.instant(), somebody.until());
    if (!somebody.isAvailable()) {
      return until.isNegative() ? Duration.ZERO : until;
    }
    return fault.kind() == ProviderFault.Kind.THROTTLED
        ? fault
            .waitTime()
            .filter(wait -> wait.compareTo(config.longestWait()) < 0)
            .orElse(config.longestWait())
        : Duration.ZERO;
  }

  /** Whether anybody can be asked now, or when. */
  public Availability availability() {
    Instant now = clock.instant();
    return preference.remaining().stream()
        .map(model -> registry.of(model).cooldown())
        .min(Comparator.comparing(Cooldown::until))
        .map(
            soonest ->
                soonest.isOver(now)
                    ? new Availability(true, now, "", false)
                    : new Availability(false, soonest.until(), soonest.reason(), false))
        .orElseGet(
            () ->
                new Availability(
                    false,
                    now.plus(config.outageRest()),
                    "none of the models %s can be asked any more; set BURNISH_MODELS"
                        .formatted(preference.all()),
                    true));
  }

  /**
   * Whether the model answered some call of this replica within the last ten minutes, and is in no
   * cooldown for failures or refusals. A call that it refuses then is refused for its record.
   */
  public boolean answeredRecently(String model) {
    Health now = registry.of(model);
    boolean trouble = policy.isCoolingDown(now) && now.cooldown().cause() != Cause.LIMIT;
    return !trouble
        && !now.lastAnswer().equals(Instant.MIN)
        && now.lastAnswer().plus(LATELY).isAfter(clock.instant());
  }

  /** Whether the model answered some call of this replica since so long ago. */
  public boolean answeredWithin(String model, Duration ago) {
    Instant last = registry.of(model).lastAnswer();
    return !last.equals(Instant.MIN) && last.isAfter(clock.instant().minus(ago));
  }

  /** A call was answered. */
  void answered(String model) {
    tracker.answered(model);
  }

  /** A call about one record, that began just now, met a fault. */
  boolean faulted(String model, ProviderFault fault) {
    return faulted(model, fault, new EndedCall(clock.instant(), false));
  }

  /**
   * A call met a fault.
   *
   * @return whether this call may be sent to the model again; not, when another one began the
   *     cooldown in which it is
   */
  boolean faulted(String model, ProviderFault fault, EndedCall call) {
    return tracker.faulted(model, fault, call);
  }

  /** The time, by the clock of the cooldowns. */
  Instant now() {
    return clock.instant();
  }

  /** The model was found to be decommissioned, before this start or by another replica. */
  void markDecommissioned(String model, String reason) {
    if (preference.place(model) >= 0
        && preference.decommission(model, new Failover(clock.instant(), reason))) {
      log.alreadyDecommissioned(model, reason);
    }
  }

  /** The model is decommissioned. */
  void decommission(String model, String reason) {
    tracker.decommission(model, reason);
  }

  /** Whatever is known of the model is forgotten, as at a first start. */
  void reset(String model) {
    preference.reinstate(model);
    registry.reset(model);
  }

  /** How each model is, in order of preference. */
  public List<ModelStatus> statuses() {
    return preference.all().stream().map(this::status).toList();
  }

  private ModelStatus status(String model) {
    Health now = registry.of(model);
    Optional<Failover> gone = preference.decommissioned(model);
    Optional<Cooldown> rest = Optional.of(now.cooldown()).filter(r -> !r.isOver(clock.instant()));
    return new ModelStatus(
        model,
        place(model),
        gone.isPresent(),
        rest.map(Cooldown::until),
        gone.map(Failover::cause).or(() -> rest.map(Cooldown::reason)).orElse(""),
        now.throttledInARow(),
        gone.or(now::lastFailover));
  }

  /** Names in order of preference, without the decommissioned ones. */
  public List<String> models() {
    return preference.remaining();
  }

  /** Names of the decommissioned ones. */
  public Set<String> decommissioned() {
    return preference.decommissioned();
  }

  /** Calls of this replica that began and have not ended, of all models. */
  public int callsInFlight() {
    return registry.callsInFlight();
  }

  /**
   * Whether the provider refused the key or the account, and no model answered or met another fault
   * since. False when no model is left.
   */
  public boolean isAccountRefused() {
    List<String> left = preference.remaining();
    return !left.isEmpty()
        && left.stream().allMatch(model -> registry.of(model).cooldown().cause() == Cause.ACCOUNT);
  }

  /**
   * Names that are unknown at this address or not open to this account, until a person changes
   * that. They are tried again by themselves; the first answer takes them off this list.
   */
  public List<String> blocked() {
    return preference.remaining().stream()
        .filter(model -> registry.of(model).cooldown().cause() == Cause.BLOCKED)
        .toList();
  }
}
