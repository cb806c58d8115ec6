package io.burnish.access;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.key.KeyLookup;
import io.burnish.access.key.NoKeyException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Checks at start that callers can identify themselves, and warns when they need not. */
@Singleton
class AccessStart {

  private static final Logger LOG = Logger.getLogger(AccessStart.class);

  private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE;

  private final AccessConfig config;
  private final KeyLookup lookup;
  private final String host;

  AccessStart(
      AccessConfig config,
      KeyLookup lookup,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.config = config;
    this.lookup = lookup;
    this.host = host;
  }

  /** After the migrations, and before the worker and the background loops start. */
  void check(@Observes @Priority(FIRST) StartupEvent event) {
    switch (config.auth()) {
      case NONE ->
          LOG.warnf(
              "BURNISH_AUTH=none: every client that reaches %s may post, read and delete everything",
              host);
      case KEYS -> {
        if (config.adminKey().isEmpty() && !lookup.isAnyValid()) {
          throw new NoKeyException(
              "BURNISH_ADMIN_KEY is not set, and the database has no valid key. Set BURNISH_ADMIN_KEY to at least 32 random characters (openssl rand -hex 32), or BURNISH_AUTH=none for a trial on 127.0.0.1.");
        }
      }
      case OIDC -> {}
    }
  }
}
