package io.burnish.simulator;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the look-alike behaves when nothing else is asked of it. Made of options by their names, as
 * docs/simulator.md has them.
 */
public final class SimulatorSettings {

  /** Any port, no limits, no latency, 2 s when slow. */
  public static final SimulatorSettings INSTANT = of(Map.of());

  private static final String DEFAULT = "default";

  private final Map<Option, String> texts;
  private final int port;
  private final QuotaTerms quota;
  private final Behaviour manner;
  private final FaultPlan trouble;
  private final int keep;
  private final Optional<Path> log;

  private SimulatorSettings(Map<Option, String> texts) {
    OptionText text = new OptionText(texts);
    this.texts = texts;
    this.port = text.number(Option.PORT);
    this.quota = quota(text);
    this.manner = manner(text);
    this.trouble =
        new FaultPlan(
            text.list(Option.DOWN, ";", Outage::parse),
            text.get(Option.OVERLOAD_WAIT, GoDuration::parse),
            text.list(Option.TROUBLE, ";", TimedFault::parse),
            text.get(Option.FAULTS, FaultRates::parse),
            text.get(Option.SEED, Long::valueOf));
    this.keep = text.number(Option.KEEP);
    this.log =
        text.get(Option.LOG, name -> Optional.of(name).filter(n -> !n.isEmpty()).map(Path::of));
  }

  /** The names of all options. */
  public static List<String> names() {
    return Arrays.stream(Option.values()).map(Option::written).toList();
  }

  /**
   * Settings from options by their names.
   *
   * @throws IllegalArgumentException when there is no such option, or its value can't be read
   */
  public static SimulatorSettings of(Map<String, String> options) {
    Map<Option, String> texts = new EnumMap<>(Option.class);
    options.forEach((name, value) -> texts.put(Option.named(name), value));
    return new SimulatorSettings(texts);
  }

  /**
   * The same, but for one option.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public SimulatorSettings with(String name, String value) {
    return with(Map.of(name, value));
  }

  /**
   * The same, but for some options.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public SimulatorSettings with(Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>();
    texts.forEach((option, value) -> all.put(option.written(), value));
    all.putAll(options);
    return of(all);
  }

  private static QuotaTerms quota(OptionText text) {
    return new QuotaTerms(
        text.constant(Option.PLAN, Plan.class),
        text.byName(Option.LIMITS, Limits::parse),
        text.list(Option.ORDER, ",", Dimension::named),
        text.get(Option.OPENING, SimulatorSettings::share),
        text.isSet(Option.SETTLE),
        text.constant(Option.HEADERS, QuotaTerms.Headers.class),
        text.isSet(Option.REASONS),
        text.list(Option.CO_TENANT, ";", CoTenant::parse));
  }

  private static Behaviour manner(OptionText text) {
    Set<String> decommissioned =
        text.get(Option.DECOMMISSIONED, String::valueOf).equals(DEFAULT)
            ? KnownModel.DECOMMISSIONED
            : Set.copyOf(text.list(Option.DECOMMISSIONED, ",", KnownModel::bare));
    return new Behaviour(
        text.isSet(Option.CHECKS),
        text.constant(Option.UNKNOWN_MODELS, Behaviour.UnknownModels.class),
        decommissioned,
        text.byName(Option.MAX_OUTPUT, Integer::valueOf),
        text.constant(Option.TOKENS, TokenCount.class),
        text.isSet(Option.CACHING),
        text.number(Option.REASONING),
        text.get(Option.LATENCY, Latency::parse),
        text.get(Option.SLOW, GoDuration::parse),
        oddities(text));
  }

  private static Oddities oddities(OptionText text) {
    return new Oddities(
        text.list(Option.DISLIKES, ",", Dislike::parse),
        text.number(Option.SLOW_ABOVE),
        text.percent(Option.STUBBORN),
        text.constant(Option.USAGE, UsageTold.class),
        text.bytes(Option.HUGE_BODY),
        text.get(Option.BAD_REQUEST_MESSAGE, String::valueOf));
  }

  private static double share(String text) {
    double share = Double.parseDouble(text);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("not between 0 and 1");
    }
    return share;
  }

  /** Every option with its value, in their order. */
  Map<String, String> asText() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Option option : Option.values()) {
      all.put(option.written(), texts.getOrDefault(option, option.usual()));
    }
    return Collections.unmodifiableMap(all);
  }

  int port() {
    return port;
  }

  QuotaTerms quota() {
    return quota;
  }

  Behaviour manner() {
    return manner;
  }

  FaultPlan trouble() {
    return trouble;
  }

  /** How many calls are remembered with their records. */
  int keep() {
    return keep;
  }

  /** Where every call is written down, if anywhere. */
  Optional<Path> log() {
    return log;
  }
}
