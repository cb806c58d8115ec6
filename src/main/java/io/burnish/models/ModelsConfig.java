package io.burnish.models;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;

/** Who is asked, and how patiently. */
@ConfigMapping(prefix = "burnish.models")
public interface ModelsConfig {

  /** Names of the models, in order of preference. */
  List<String> preference();

  /**
   * Longest wait that a call sits out in place, holding its worker; a longer one parks the record.
   */
  Duration longestWait();

  /** Throttled answers in a row after which a model rests and the next takes over. */
  int throttledInARow();

  /** How long a model rests when the provider names no wait. */
  Duration rest();

  /**
   * Longest rest of a model that fails without naming a wait: the rests double up to it. Short
   * enough that work goes on soon after the provider is back.
   */
  Duration longestRest();

  /**
   * Longest cooldown of a model that refuses every call for what it asks; the cooldowns begin with
   * a second and double up to it. A refused call costs nothing, so a few a minute are no harm.
   */
  Duration longestRestAfterRefusals();

  /** How often what other replicas learned of the models is read; at most 30 s. */
  Duration refresh();

  /**
   * How long nobody is asked after the provider refused the account: long enough for a person to
   * look.
   */
  Duration outageRest();

  /**
   * Longest that a model is out which can come back: by a wait that the provider names with an
   * error that is no limit's, and that may be wrong, or by a person who must open it to this
   * account. It is tried again after this at the latest.
   */
  Duration longestAbsence();
}
