package io.burnish.simulator.http;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connections that carried a call before, by the client's address. Only the last ones are kept,
 * so that a port that is used again much later does not count as the same connection. Thread-safe.
 */
public final class UsedConnections {

  private static final int MAX_ENTRIES = 512;

  private final Map<InetSocketAddress, Boolean> used =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  /** Records a call on this connection; returns whether it carried one before. */
  public synchronized boolean isReused(InetSocketAddress caller) {
    return used.put(caller, true) != null;
  }

  /** Removes a closed connection. */
  public synchronized void remove(InetSocketAddress caller) {
    used.remove(caller);
  }
}
