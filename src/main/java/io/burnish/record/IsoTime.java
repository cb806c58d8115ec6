package io.burnish.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads times that clients give. */
public final class IsoTime {

  /** Later years are no four digits in ISO 8601, and PostgreSQL does not store them all. */
  private static final int LAST_YEAR = 9999;

  private IsoTime() {}

  /** A time in ISO 8601 with its offset, of the years 1 to 9999; empty when it is none. */
  public static Optional<Instant> parse(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() > 0 && time.getYear() <= LAST_YEAR
          ? Optional.of(time.toInstant())
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
