package io.burnish.models;

import io.burnish.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.UniqueElements;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Who is asked, and how patiently. */
@ConfigMapping(prefix = "burnish.models")
public interface ModelsConfig {

  /** Names of the models, in order of preference. */
  @NotEmpty
  @UniqueElements
  @Allowed("names of models, separated by commas, each once")
  List<@NotBlank String> preference();

  /**
   * Longest wait that a call sits out in place, holding its worker; a longer one parks the record.
   */
  @DurationMin
  Duration longestWait();

  /** Throttled answers in a row after which a model rests and the next takes over. */
  @Min(1)
  int throttledInARow();

  /** How long a model rests when the provider names no wait. */
  @DurationMin(millis = 1)
  Duration rest();

  /**
   * Longest rest of a model that fails without naming a wait: the rests double up to it. Short
   * enough that work goes on soon after the provider is back.
   */
  @DurationMin(millis = 1)
  Duration longestRest();

  /**
   * Longest cooldown of a model that refuses every call for what it asks; the cooldowns begin with
   * a second and double up to it. A refused call costs nothing, so a few a minute are no harm.
   */
  @DurationMin(millis = 1)
  Duration longestRestAfterRefusals();

  /** How often what other replicas learned of the models is read; at most 30 s. */
  @DurationMin(millis = 1)
  @DurationMax(seconds = 30)
  Duration refresh();

  /**
   * How long nobody is asked after the provider refused the account: long enough for a person to
   * look.
   */
  @DurationMin(millis = 1)
  Duration outageRest();

  /**
   * Longest that a model is out which can come back: by a wait that the provider names with an
   * error that is no limit's, and that may be wrong, or by a person who must open it to this
   * account. It is tried again after this at the latest.
   */
  @DurationMin(millis = 1)
  Duration longestAbsence();
}
