package io.burnish.provider;

import java.net.URI;

/** A provider within the application, for trials and tests. */
public interface OfflineProvider {

  /** Starts it, if it does not run yet, and says where {@code /chat/completions} is to be added. */
  URI start();
}
