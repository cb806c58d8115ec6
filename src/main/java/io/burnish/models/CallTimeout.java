package io.burnish.models;

import io.burnish.provider.wire.TimeLimit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** The timeout of one call, as configured for the annotation on {@link ChatGateway#complete}. */
@Singleton
class CallTimeout {

  private static final String SETTING =
      "quarkus.fault-tolerance.\"io.burnish.models.ChatGateway/complete\".timeout.value";

  private static final String UNIT = SETTING.replace(".value", ".unit");

  private final Duration duration;

  CallTimeout(Config config) {
    long value = config.getValue(SETTING, Long.class);
    String unit = config.getOptionalValue(UNIT, String.class).orElse("millis");
    this.duration = Duration.of(value, ChronoUnit.valueOf(unit.toUpperCase(Locale.ROOT)));
  }

  /** The time limit of a call that begins now. */
  TimeLimit begin() {
    return TimeLimit.begin(duration, SETTING);
  }
}
