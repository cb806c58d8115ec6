package io.burnish.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How calls are taken and answered.
 *
 * @param checks whether requests are checked first
 * @param unknownModels what becomes of calls to models that the provider has not
 * @param decommissioned models that are shut down
 * @param maxOutput by model, where it differs from what is known
 * @param tokens how they are counted
 * @param caching whether beginnings of prompts are remembered
 * @param reasoning tokens of thinking at low effort, once and for each record
 * @param latency of answers
 * @param slow time of an answer that is slow on request
 * @param oddities how requests and answers differ from the provider's
 */
record Behaviour(
    boolean checks,
    UnknownModels unknownModels,
    Set<String> decommissioned,
    Map<String, Integer> maxOutput,
    TokenCount tokens,
    boolean caching,
    int reasoning,
    Latency latency,
    Duration slow,
    Oddities oddities) {

  /** What becomes of calls to models that the provider has not. */
  enum UnknownModels {
    /** They are answered. */
    ACCEPT,
    /** 404. */
    REFUSE
  }

  /** Whether this record, as JSON, is given the same false price each time. */
  boolean isStubbornAbout(String record) {
    return oddities.stubborn() > 0 && RecordDigest.share(record) < oddities.stubborn();
  }

  /** Most tokens that a model writes. */
  int maxOutputOf(String model) {
    Integer other = maxOutput.get(KnownModel.bare(model));
    return other != null ? other : KnownModel.orUsual(model).maxOutput();
  }
}
