package io.burnish.database;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The embedded database's place, and how long to wait for a database. */
@ConfigMapping(prefix = "burnish.database")
public interface DatabaseConfig {

  /**
   * How long a start waits for a database that is unavailable; zero: not at all. A wrong password
   * or a database that does not exist ends the start at once.
   */
  @DurationMin
  Duration waitAtStart();

  /** Timeout of the readiness check; over 0, below the timeout of the Kubernetes probe. */
  @DurationMin(millis = 1)
  @DurationMax(minutes = 1)
  Duration answerWithin();

  /** Directory of the embedded server's data; unset: {@code .burnish/postgresql}. */
  Optional<String> directory();
}
