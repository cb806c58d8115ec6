package io.burnish.models;

import io.burnish.models.Rest.Cause;
import io.burnish.provider.Gone;
import io.burnish.provider.ProviderFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which models can be asked, in order of preference. A model that is throttled too often in a row,
 * or fails, rests; one that is gone is out for good. Plain and thread-safe; time is passed in.
 */
public final class ModelChain {

  private final Preference preference;
  private final Patience patience;
  private final ModelsConfig config;
  private final Clock clock;
  private final ModelNews news;
  private final Healths healths;

  ModelChain(List<String> preference, ModelsConfig config, Clock clock, Witness witness) {
    this.preference = new Preference(preference);
    this.patience = new Patience(config, clock);
    this.config = config;
    this.clock = clock;
    this.healths = new Healths(clock);
    this.news = new ModelNews(witness);
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
    return usable(0).stream().filter(model -> !tried.contains(model)).findFirst();
  }

  /**
   * The models that can be asked now, the first one first.
   *
   * @param shift how far down the preference to begin, as in {@link #first}
   */
  List<String> usable(int shift) {
    return preference.left(shift).stream()
        .filter(model -> !patience.rests(healths.of(model)))
        .toList();
  }

  /** The model's place in the order of preference, from 0, whether it is gone or not. */
  int place(String model) {
    return preference.place(model);
  }

  /**
   * How many calls the model may be given at once: one when it comes back from a rest, twice as
   * many with each answer, and any number once it has proved itself.
   */
  int trust(String model) {
    return healths.of(model).trust();
  }

  void began(String model, int calls) {}

  void notSent(String model, int calls) {}

  public boolean answeredLately(String model) {
    return false;
  }

  public boolean answeredSince(String model, Duration ago) {
    return false;
  }

  /** A model that rests. */
  record Resting(String model, Rest rest) {}

  /** Of the models that rest, the one that can be asked first; empty when none rests. */
  Optional<Resting> firstRested() {
    return firstRested(model -> true);
  }

  /** The same of models that may be asked. */
  Optional<Resting> firstRested(Predicate<String> eligible) {
    return preference.left().stream()
        .filter(eligible)
        .filter(model -> patience.rests(healths.of(model)))
        .map(model -> new Resting(model, healths.of(model).rest()))
        .min(Comparator.comparing(resting -> resting.rest().until()));
  }

  /**
   * How long a record waits that met this fault: as long as nobody can be asked, or, at a limit, as
   * the provider says. What it waits for after that is a matter of the quotas.
   */
  public Duration waitAfter(ProviderFault fault) {
    Availability somebody = availability();
    Duration until = Duration.between(clock.instant(), somebody.until());
    if (!somebody.now()) {
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
    return preference.left().stream()
        .map(model -> healths.of(model).rest())
        .min(Comparator.comparing(Rest::until))
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

  /** A model answered. */
  void answered(String model) {
    healths.answered(model);
  }

  /** A model did not answer. */
  void faulted(String model, ProviderFault fault) {
    switch (fault.kind()) {
      case THROTTLED -> news.throttled(healths.faulted(model, fault, patience::throttled));
      case OVERLOADED, UNREACHABLE, TIMED_OUT, UNSUPPORTED ->
          news.failed(healths.faulted(model, fault, patience::failed));
      case REFUSED -> {
        if (fault.accountAtFault()) {
          preference.all().forEach(each -> healths.faulted(each, fault, patience::accountRefused));
          news.accountRefused(fault, healths.of(model).rest());
        }
      }
      case GONE -> {
        if (((Gone) fault).isForGood()) {
          retire(model, String.valueOf(fault.getMessage()));
        } else {
          news.blocked(healths.faulted(model, fault, patience::blocked));
        }
      }
      case TOO_LARGE, TRUNCATED, UNUSABLE -> {
        // It says something of this request, nothing of the model's health.
      }
    }
  }

  /** The model was found gone before this start. */
  void knownGone(String model, String reason) {
    if (preference.place(model) >= 0
        && preference.retire(model, new Switch(clock.instant(), reason))) {
      news.knownGone(model, reason);
    }
  }

  /** The model is out for good. */
  void retire(String model, String reason) {
    if (preference.retire(model, new Switch(clock.instant(), reason))) {
      news.gone(model, reason, preference.left());
    }
  }

  /** How each model is, in order of preference. */
  public List<Condition> conditions() {
    return preference.all().stream().map(this::condition).toList();
  }

  private Condition condition(String model) {
    Health now = healths.of(model);
    Optional<Switch> gone = preference.gone(model);
    Optional<Rest> rest = Optional.of(now.rest()).filter(r -> !r.isOver(clock.instant()));
    return new Condition(
        model,
        place(model),
        gone.isPresent(),
        rest.map(Rest::until),
        gone.map(Switch::cause).or(() -> rest.map(Rest::reason)).orElse(""),
        now.throttledInARow(),
        gone.or(now::lastSwitch));
  }

  /** Names in order of preference, whoever is gone left out. */
  public List<String> models() {
    return preference.left();
  }

  /** Names that are out for good. */
  public Set<String> gone() {
    return preference.gone();
  }

  /**
   * Names that are not open to this account until a person opens them. They are tried again by
   * themselves; the first answer takes them off this list.
   */
  public List<String> blocked() {
    return preference.left().stream()
        .filter(model -> healths.of(model).rest().cause() == Cause.BLOCKED)
        .toList();
  }
}
