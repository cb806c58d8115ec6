package io.burnish.database;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the database is found and waited for. */
@ConfigMapping(prefix = "burnish.database")
public interface DatabaseConfig {

  /**
   * How long a start waits for a database that is away; zero: not at all. A wrong password or a
   * database that does not exist ends the start at once.
   */
  @DurationMin
  Duration waitAtStart();

  /** How long the readiness check waits for an answer; over 0, below the probe's own timeout. */
  @DurationMin(millis = 1)
  @DurationMax(minutes = 1)
  Duration answerWithin();

  /** Directory of the embedded server's data; unset: {@code .burnish/postgresql}. */
  Optional<String> directory();
}
