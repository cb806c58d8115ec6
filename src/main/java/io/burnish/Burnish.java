package io.burnish;

import io.burnish.settings.SecretFiles;
import io.burnish.settings.SettingsCheck;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program. */
@QuarkusMain
public final class Burnish {

  /** Their INFO lines do not help to explain a failed start, and would hide its reason. */
  private static final List<Logger> QUIET;

  static {
    // Before the first log line: the log manager holds lines back until logging is configured.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    QUIET = List.of(Logger.getLogger("io.zonky"), Logger.getLogger("org.hibernate"));
  }

  private Burnish() {}

  /** The entry point; the arguments are passed to the application. */
  public static void main(String... args) {
    // The framework would refuse a malformed address without a body; RequestCheck sends a problem.
    System.setProperty("vertx.disableURIValidation", "true");
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    SecretFiles secrets = SecretFiles.of(System.getenv());
    if (!secrets.errors().isEmpty()) {
      secrets.errors().forEach(System.err::println);
      System.exit(1);
    }
    secrets.values().forEach(System::setProperty);
    // The sources are those of the application, which builds its own configuration later.
    new Startup(SettingsCheck.builder().build()).run(args);
  }
}
