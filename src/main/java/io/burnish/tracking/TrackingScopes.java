package io.burnish.tracking;

import io.burnish.database.DefaultOwner;
import io.burnish.tracking.decision.TrackingScope;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The scopes of this replica's provider. Thread-safe. */
@Singleton
public class TrackingScopes {

  private final String provider;
  private final boolean shared;

  TrackingScopes(TrackingConfig config) {
    this.provider = config.provider().toLowerCase(Locale.ROOT);
    this.shared = config.shared();
  }

  /** The provider whose decisions are tracked here: {@code groq} or {@code simulated}. */
  public String provider() {
    return provider;
  }

  /**
   * The scope of an owner's new jobs: its own, or the common one if tracking is shared.
   *
   * @param owner of the jobs
   */
  public TrackingScope of(String owner) {
    return new TrackingScope(provider, shared ? DefaultOwner.NAME : owner);
  }
}
