package io.burnish.cluster;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Heartbeats and leases of workers. */
@ConfigMapping(prefix = "burnish.worker")
public interface ClusterConfig {

  /** Time between two heartbeats. */
  @DurationMin(millis = 1)
  Duration heartbeat();

  /**
   * Time without a heartbeat after which the lease of a worker expires and other replicas rescue
   * its items; must exceed several heartbeats.
   */
  @DurationMin(millis = 1)
  Duration silence();

  /**
   * Name of the machine or pod. An older worker of the same name counts as an earlier process of
   * this replica. Its items are rescued at once where its process is known to have ended, else once
   * it has missed its heartbeats. Unset: only {@code silence} counts.
   */
  Optional<String> node();

  /**
   * Whether no other worker can use the same database, so that all other registered workers have
   * ended. Set with the embedded server, which one process at a time may use.
   */
  boolean sole();
}
