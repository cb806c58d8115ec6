package io.burnish.models;

import io.burnish.provider.ProviderFault;
import io.burnish.provider.ProviderFault.Throttled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Which models can be asked, in order of preference. A model that is throttled too often in a row,
 * or fails, rests; one that is gone is out for good. Plain and thread-safe; time is passed in.
 */
public final class ModelChain {

  private static final Logger LOG = Logger.getLogger(ModelChain.class);
  private static final String ACCOUNT_REFUSED = "the account is refused: ";
  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final int DOUBLINGS = 6;

  /** Answers in a row after which a model that came back is trusted with any number of calls. */
  private static final int TRUSTED = 5;

  private final List<String> preference;
  private final ModelsConfig config;
  private final Clock clock;
  private final Witness witness;
  private final Map<String, Health> health = new ConcurrentHashMap<>();
  private final Map<String, Switch> switches = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  ModelChain(List<String> preference, ModelsConfig config, Clock clock, Witness witness) {
    if (preference.isEmpty() || preference.size() > ModelPlaces.MOST) {
      throw new IllegalArgumentException(
          "BURNISH_MODELS names %d models; name 1 to %d"
              .formatted(preference.size(), ModelPlaces.MOST));
    }
    this.witness = witness;
    this.preference = List.copyOf(preference);
    this.config = config;
    this.clock = clock;
  }

  /** Is told what other replicas, and later starts, should know. */
  interface Witness {

    /** A model is out for good; told once. */
    void gone(String model, String reason);

    /** A model rests so long from now. */
    void rests(String model, Duration rest, String reason);
  }

  /**
   * How a model has been answering.
   *
   * @param answeredInARow answers since its last rest; few of them mean few calls at a time
   */
  private record Health(
      int throttledInARow,
      int failedInARow,
      Instant restsUntil,
      String reason,
      int answeredInARow) {
    static final Health GOOD = new Health(0, 0, Instant.MIN, "", TRUSTED);

    Health answered() {
      return new Health(0, 0, Instant.MIN, "", Math.min(TRUSTED, answeredInARow + 1));
    }
  }

  /**
   * Whether anybody can be asked.
   *
   * @param now whether a model can take a call now
   * @param until when the soonest model can; now's instant if one can now
   * @param reason why nobody can now, in words; empty if one can
   * @param everybodyGone whether no model is left at all, so that time alone won't help
   */
  public record Availability(boolean now, Instant until, String reason, boolean everybodyGone) {}

  /**
   * The model to ask first.
   *
   * @param shift how far down the preference to begin: a record whose answers were refused is given
   *     to another model; wraps around
   * @return empty when nobody can be asked now
   */
  public Optional<String> first(int shift) {
    return usable(shift).stream().findFirst();
  }

  /** The next model that can be asked now and was not tried, or empty. */
  Optional<String> next(Set<String> tried) {
    return alive().stream()
        .filter(model -> !tried.contains(model))
        .filter(this::rested)
        .findFirst();
  }

  /**
   * The models that can be asked now, the first one first.
   *
   * @param shift how far down the preference to begin, as in {@link #first}
   */
  List<String> usable(int shift) {
    List<String> alive = alive();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < alive.size(); i++) {
      order.add(alive.get((i + shift) % alive.size()));
    }
    return order.stream().filter(this::rested).toList();
  }

  /** The model's place in the order of preference, from 0, whether it is gone or not. */
  int place(String model) {
    return preference.indexOf(model);
  }

  /**
   * How many calls the model may be given at once: one when it comes back from a rest, twice as
   * many with each answer, and any number once it has proved itself.
   */
  int trust(String model) {
    int answers = healthOf(model).answeredInARow();
    return answers >= TRUSTED ? Integer.MAX_VALUE : 1 << answers;
  }

  /**
   * A model that rests.
   *
   * @param reason why, in words
   * @param outage whether somebody has to look before it can be asked again
   */
  record Resting(String model, Instant until, String reason, boolean outage) {}

  /** Of the models that rest, the one that can be asked first; empty when none rests. */
  Optional<Resting> firstRested() {
    return alive().stream()
        .filter(model -> !rested(model))
        .map(model -> resting(model, healthOf(model)))
        .min(Comparator.comparing(Resting::until));
  }

  private static Resting resting(String model, Health health) {
    return new Resting(
        model, health.restsUntil(), health.reason(), health.reason().startsWith(ACCOUNT_REFUSED));
  }

  /**
   * How long a record waits that met this fault: as long as nobody can be asked, or as the provider
   * says. What it waits for after that is a matter of the quotas.
   */
  public Duration waitAfter(ProviderFault fault) {
    Availability somebody = availability();
    Duration until = Duration.between(clock.instant(), somebody.until());
    if (!somebody.now()) {
      return until.isNegative() ? Duration.ZERO : until;
    }
    return fault instanceof Throttled throttled
        ? throttled
            .waitTime()
            .filter(w -> w.compareTo(config.longestWait()) < 0)
            .orElse(config.longestWait())
        : Duration.ZERO;
  }

  /** Whether anybody can be asked now, or when. */
  public Availability availability() {
    List<String> alive = alive();
    Instant now = clock.instant();
    if (alive.isEmpty()) {
      return new Availability(
          false,
          now.plus(config.outageRest()),
          "none of the models " + preference + " can be asked any more; set BURNISH_MODELS",
          true);
    }
    String soonest =
        alive.stream()
            .min(Comparator.comparing(model -> healthOf(model).restsUntil()))
            .orElseThrow();
    Health best = healthOf(soonest);
    return best.restsUntil().isAfter(now)
        ? new Availability(false, best.restsUntil(), best.reason(), false)
        : new Availability(true, now, "", false);
  }

  /** A model answered. */
  void answered(String model) {
    health.compute(model, (name, before) -> before == null ? Health.GOOD : before.answered());
  }

  /** A model did not answer. */
  void faulted(String model, ProviderFault fault) {
    switch (fault.kind()) {
      case THROTTLED -> throttled(model, (Throttled) fault);
      case OVERLOADED, UNREACHABLE -> failed(model, fault);
      case REFUSED -> {
        if (fault.accountAtFault()) {
          refusedAccount(fault);
        }
      }
      case GONE -> retire(model, String.valueOf(fault.getMessage()));
      case TOO_LARGE, TRUNCATED, UNUSABLE -> {
        // It says something of this request, nothing of the model's health.
      }
    }
  }

  /** The model was found gone before this start. */
  void knownGone(String model, String reason) {
    if (preference.contains(model) && gone.add(model)) {
      switches.put(model, new Switch(clock.instant(), reason));
      LOG.warnf(
          "Model %s is not asked, for it was found gone before: %s. To have it tried again: DELETE FROM model_state WHERE model = '%s', and restart.",
          model, reason, model);
    }
  }

  /** The model is out for good. */
  void retire(String model, String reason) {
    if (gone.add(model)) {
      switches.put(model, new Switch(clock.instant(), reason));
      LOG.errorf(
          "Model %s is gone and will not be asked again: %s. Left: %s. Take it out of BURNISH_MODELS.",
          model, reason, alive());
      witness.gone(model, reason);
    }
  }

  private void throttled(String model, Throttled fault) {
    health.compute(
        model,
        (name, before) -> {
          Health was = before == null ? Health.GOOD : before;
          int inARow = was.throttledInARow() + 1;
          boolean switches = inARow >= config.throttledInARow();
          Duration rest = fault.waitTime().orElse(config.rest());
          if (switches && rest.compareTo(config.rest()) < 0) {
            rest = config.rest();
          }
          Instant until = latest(was.restsUntil(), clock.instant().plus(rest));
          if (switches) {
            this.switches.put(
                model, new Switch(clock.instant(), String.valueOf(fault.getMessage())));
            witness.rests(model, rest, "cooldown: " + fault.getMessage());
            LOG.warnf(
                "Model %s was throttled %d times in a row (%s); it rests until %s and the next one takes over",
                model, inARow, fault.getMessage(), until);
          }
          return new Health(
              switches ? 0 : inARow,
              was.failedInARow(),
              until,
              "throttled: " + fault.getMessage(),
              switches ? 0 : was.answeredInARow());
        });
  }

  private void failed(String model, ProviderFault fault) {
    health.compute(
        model,
        (name, before) -> {
          Health was = before == null ? Health.GOOD : before;
          // Calls that were in flight together fail together: one failure, not many.
          boolean resting = was.restsUntil().isAfter(clock.instant());
          int inARow = Math.max(1, was.failedInARow() + (resting ? 0 : 1));
          Duration doubled = FIRST_REST.multipliedBy(1L << Math.min(inARow - 1, DOUBLINGS));
          Duration rest =
              doubled.compareTo(config.longestRest()) > 0 ? config.longestRest() : doubled;
          Instant until = latest(was.restsUntil(), clock.instant().plus(rest));
          if (!resting && inARow == config.throttledInARow()) {
            switches.put(model, new Switch(clock.instant(), String.valueOf(fault.getMessage())));
            LOG.warnf(
                "Model %s failed %d times in a row (%s); it rests until %s",
                model, inARow, fault.getMessage(), until);
          }
          return new Health(was.throttledInARow(), inARow, until, fault.getMessage(), 0);
        });
  }

  private void refusedAccount(ProviderFault fault) {
    Instant until = clock.instant().plus(config.outageRest());
    LOG.errorf(
        "The provider refuses this account: %s. Nothing is asked until %s; check GROQ_API_KEY and the account.",
        fault.getMessage(), until);
    preference.forEach(
        model ->
            health.put(model, new Health(0, 0, until, ACCOUNT_REFUSED + fault.getMessage(), 0)));
  }

  private List<String> alive() {
    return preference.stream().filter(model -> !gone.contains(model)).toList();
  }

  private boolean rested(String model) {
    return !healthOf(model).restsUntil().isAfter(clock.instant());
  }

  private Health healthOf(String model) {
    return health.getOrDefault(model, Health.GOOD);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** When work was last taken from a model, and why. */
  public record Switch(Instant at, String cause) {}

  /**
   * How one model is.
   *
   * @param place in the order of preference, from 0
   * @param gone whether it is out for good
   * @param restsUntil when it can be asked again; empty: it can now
   * @param reason why it is gone or rests; empty text when it does neither
   * @param throttledInARow refusals by a limit since its last answer or switch
   * @param lastSwitch when work was last taken from it, and why
   */
  public record Condition(
      String model,
      int place,
      boolean gone,
      Optional<Instant> restsUntil,
      String reason,
      int throttledInARow,
      Optional<Switch> lastSwitch) {}

  /** How each model is, in order of preference. */
  public List<Condition> conditions() {
    return preference.stream().map(this::condition).toList();
  }

  private Condition condition(String model) {
    Health now = healthOf(model);
    Optional<Switch> last = Optional.ofNullable(switches.get(model));
    boolean rests = !rested(model);
    String reason = gone.contains(model) ? last.map(Switch::cause).orElse("gone") : now.reason();
    return new Condition(
        model,
        place(model),
        gone.contains(model),
        rests ? Optional.of(now.restsUntil()) : Optional.empty(),
        rests || gone.contains(model) ? reason : "",
        now.throttledInARow(),
        last);
  }

  /** Names in order of preference, whoever is gone left out. */
  public List<String> models() {
    return alive();
  }

  /** Names that are out for good. */
  public Set<String> gone() {
    return new HashSet<>(gone);
  }
}
