package io.burnish;

import io.burnish.access.key.NoKeyException;
import io.burnish.provider.MissingKeyException;
import io.burnish.settings.SettingsCheck;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Optional;

/** Prints why the application did not start: one line if the reason is known, else the stack. */
final class StartFailure {

  private StartFailure() {}

  static void print(Throwable failure, SmallRyeConfig config, PrintStream out) {
    sentence(failure, config).ifPresentOrElse(out::println, () -> failure.printStackTrace(out));
  }

  private static Optional<String> sentence(Throwable failure, SmallRyeConfig config) {
    Optional<String> found = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MissingKeyException || cause instanceof NoKeyException) {
        return Optional.ofNullable(cause.getMessage());
      }
      if (cause instanceof SQLException) {
        return Optional.of(
            "The database could not be prepared: " + oneLine(String.valueOf(cause.getMessage())));
      }
      if (cause instanceof QuarkusBindException
          || cause instanceof ConfigurationException
          || cause instanceof ConfigValidationException) {
        String message = String.valueOf(cause.getMessage());
        found =
            Optional.of(SettingsCheck.sentence(config, message).orElseGet(() -> oneLine(message)));
      }
    }
    return found;
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", "; ");
  }
}
