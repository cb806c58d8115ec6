package io.burnish.simulator.http;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows the connections that carried a call before, by the caller's address. Remembers the last
 * ones alone, so that a port that comes again after long is not taken for the same connection.
 * Thread-safe.
 */
public final class UsedConnections {

  private static final int REMEMBERED = 512;

  private final Map<InetSocketAddress, Boolean> used =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** A call came on this connection; whether it carried one before. */
  public synchronized boolean use(InetSocketAddress caller) {
    return used.put(caller, true) != null;
  }

  /** The connection is closed. */
  public synchronized void forget(InetSocketAddress caller) {
    used.remove(caller);
  }
}
