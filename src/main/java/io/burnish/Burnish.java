package io.burnish;

import io.burnish.settings.SettingsCheck;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program. */
@QuarkusMain
public final class Burnish {

  /** Their INFO lines say nothing about a failed start and would hide its reason. */
  private static final List<Logger> QUIET;

  static {
    // Before anything logs: what is logged is held back until the application's log is set up.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    QUIET = List.of(Logger.getLogger("io.zonky"), Logger.getLogger("org.hibernate"));
  }

  private Burnish() {}

  /** The program's entry; arguments are handed to the application. */
  public static void main(String... args) {
    // The framework answers an address that is not well formed without a word; RequestCheck says
    // what is wrong.
    System.setProperty("vertx.disableURIValidation", "true");
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    // The same sources as the application has, which sets up its own configuration later.
    new Startup(SettingsCheck.builder().build()).run(args);
  }
}
