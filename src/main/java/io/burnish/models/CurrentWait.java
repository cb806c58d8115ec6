package io.burnish.models;

import io.burnish.models.Admission.Admitted;
import io.burnish.models.Admission.Waiting;
import java.time.Clock;
import java.util.Optional;

/**
 * What the work of this replica waits for now. Before the first admission it is what the quotas of
 * all replicas say. Thread-safe.
 */
final class CurrentWait {

  private final SharedWait shared;
  private final Clock clock;
  private volatile Optional<Waiting> waiting = Optional.empty();
  private volatile boolean asked;

  CurrentWait(SharedWait shared, Clock clock) {
    this.shared = shared;
    this.clock = clock;
  }

  /** An admission begins. */
  void asked() {
    asked = true;
  }

  /** Calls were admitted. */
  void admitted() {
    waiting = Optional.empty();
  }

  /**
   * No call was admitted.
   *
   * @param outage as in {@link Waiting}
   */
  void denied(Admitted denied, boolean outage) {
    waiting =
        Optional.of(
            new Waiting(denied.waitingFor(), clock.instant().plus(denied.waitTime()), outage));
  }

  /**
   * What the work waits for; empty when it does not wait for a model.
   *
   * @throws io.burnish.database.DatabaseException when the quotas can't be read
   */
  Optional<Waiting> now() {
    return asked ? waiting.filter(w -> w.until().isAfter(clock.instant())) : shared.now();
  }
}
