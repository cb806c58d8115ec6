package io.burnish.api.status;

import io.burnish.access.caller.AccessConfig;
import io.burnish.api.status.StatusView.QueueView;
import io.burnish.api.status.StatusView.ReplicaView;
import io.burnish.api.status.StatusView.ThroughputView;
import io.burnish.api.status.StatusView.Window;
import io.burnish.api.view.JobCosts;
import io.burnish.api.view.WaitReasons;
import io.burnish.models.ModelReports;
import io.burnish.status.Snapshot;
import io.burnish.status.SnapshotQuery;
import io.burnish.tracking.TrackingScopes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Builds the status, once a second at most: any number of readers costs the database what one does.
 * Thread-safe.
 */
@Singleton
class StatusViews {

  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final SnapshotQuery query;
  private final ModelReports models;
  private final WaitReasons waits;
  private final TrackingScopes tracking;
  private final JobCosts costs;
  private final AccessConfig access;
  private final String version;
  private @Nullable StatusView last;
  private long readAt;

  StatusViews(
      SnapshotQuery query,
      ModelReports models,
      WaitReasons waits,
      TrackingScopes tracking,
      JobCosts costs,
      AccessConfig access,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.query = query;
    this.models = models;
    this.waits = waits;
    this.tracking = tracking;
    this.costs = costs;
    this.access = access;
    this.version = version;
  }

  /**
   * The status, at most a second old.
   *
   * @throws io.burnish.database.DatabaseException when the database is not available
   */
  synchronized StatusView now() {
    long now = System.nanoTime();
    if (last == null || now - readAt >= KEPT_NANOS) {
      last = read();
      readAt = now;
    }
    return last;
  }

  private StatusView read() {
    Snapshot snapshot = query.now();
    var process = ManagementFactory.getRuntimeMXBean();
    return new StatusView(
        snapshot.at(),
        version,
        Instant.ofEpochMilli(process.getStartTime()),
        process.getUptime() / 1000,
        tracking.provider(),
        access.auth().word(),
        snapshot.replicas().stream().map(ReplicaView::of).toList(),
        QueueView.of(snapshot.queue()),
        new ThroughputView(
            Window.of(snapshot.minute(), costs),
            Window.of(snapshot.hour(), costs),
            Window.of(snapshot.day(), costs)),
        models.all().stream().map(ModelView::of).toList(),
        waits.forModels().orElse(null));
  }
}
