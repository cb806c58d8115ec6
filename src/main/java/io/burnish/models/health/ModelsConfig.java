package io.burnish.models.health;

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

/** The models, and their cooldowns. */
@ConfigMapping(prefix = "burnish.models")
public interface ModelsConfig {

  /** Names of the models, in order of preference. */
  @NotEmpty
  @UniqueElements
  @Allowed("names of models, separated by commas, each once")
  List<@NotBlank String> preference();

  /**
   * Longest wait before a retry within a call, which holds its thread; a longer one parks the
   * record.
   */
  @DurationMin
  Duration longestWait();

  /** Rate limits in a row after which a cooldown begins and the next model takes over. */
  @Min(1)
  int throttledInARow();

  /** Cooldown after a rate limit for which the provider names no wait. */
  @DurationMin(millis = 1)
  Duration rest();

  /**
   * Longest cooldown after failures without a named wait; cooldowns double up to it. Short, so that
   * work continues soon after the provider recovers.
   */
  @DurationMin(millis = 1)
  Duration longestRest();

  /**
   * Longest cooldown of a model that refuses every call for its content; cooldowns begin with 1 s
   * and double up to it. A refused call is not billed, so a few a minute do no harm.
   */
  @DurationMin(millis = 1)
  Duration longestRestAfterRefusals();

  /** Interval of reading what other replicas learned of the models; at most 30 s. */
  @DurationMin(millis = 1)
  @DurationMax(seconds = 30)
  Duration refresh();

  /**
   * Cooldown of all models after the provider refused the account, and first one of a model that is
   * not open to it.
   */
  @DurationMin(millis = 1)
  Duration outageRest();

  /**
   * Longest cooldown of a model that is not open to this account, or whose provider names a wait
   * with an error other than a rate limit.
   */
  @DurationMin(millis = 1)
  Duration longestAbsence();
}
