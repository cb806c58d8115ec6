package io.burnish.api.events;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ids of events. Of one job's events it is the version of the job; of all jobs' events it is the
 * time of the event, in milliseconds, and the version.
 */
final class EventId {

  private static final Pattern OF_JOB = Pattern.compile("\\d{1,18}");
  private static final Pattern OF_ALL = Pattern.compile("(\\d{1,13})-\\d{1,18}");

  private EventId() {}

  static String of(Instant time, long version) {
    return time.toEpochMilli() + "-" + version;
  }

  /** The version in an id; -1 when it is the id of another stream. */
  static long version(String id) {
    return OF_JOB.matcher(id.strip()).matches() ? Long.parseLong(id.strip()) : -1;
  }

  /** The time in an id; null without one, or when it is the id of another stream. */
  static @Nullable Instant time(@Nullable String id) {
    if (id == null) {
      return null;
    }
    Matcher matcher = OF_ALL.matcher(id.strip());
    return matcher.matches() ? Instant.ofEpochMilli(Long.parseLong(matcher.group(1))) : null;
  }
}
