package io.burnish.cluster;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** How replicas tell that they are alive. */
@ConfigMapping(prefix = "burnish.worker")
public interface ClusterConfig {

  /** Time between two signs of life. */
  @DurationMin(millis = 1)
  Duration heartbeat();

  /**
   * Silence after which a worker counts as dead, and its items are rescued; must exceed several
   * heartbeats.
   */
  @DurationMin(millis = 1)
  Duration silence();

  /**
   * Name of the machine or pod: a worker of the same name that was here before is taken for an
   * earlier life of this one. Its items are taken back at once where its process is known to have
   * ended, else as soon as it misses its heartbeats. Unset: only silence counts.
   */
  Optional<String> node();

  /**
   * Whether no other worker can be at work on the same data, so that all others have ended. Set
   * with the embedded server, whose data one process at a time may use.
   */
  boolean sole();
}
