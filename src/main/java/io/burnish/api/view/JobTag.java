package io.burnish.api.view;

import io.burnish.api.problem.InvalidQueryException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The weak entity tag of a job (RFC 9110, section 8.8.3): it changes with state, counts, options,
 * files and the reason of waiting. Rate, ETA and times may be as old as the last change.
 */
public final class JobTag {

  private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

  private JobTag() {}

  /**
   * The tag of a view.
   *
   * @param text whether it is the plain text of the job
   */
  public static String of(JobView job, boolean text) {
    String reason = job.waitingFor() == null ? "" : "-" + job.waitingFor().reason();
    return "W/\"%d-%d%s%s\""
        .formatted(job.version(), job.counts().running(), reason, text ? "-text" : "");
  }

  /**
   * Whether a value of {@code If-None-Match} names the tag.
   *
   * @throws InvalidQueryException when the value is malformed
   */
  public static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.strip().equals("*")) {
      return true;
    }
    return Arrays.stream(ifNoneMatch.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .anyMatch(each -> opaque(each).equals(opaque(tag)));
  }

  private static Optional<String> opaque(String tag) {
    Matcher matcher = TAG.matcher(tag);
    if (!matcher.matches()) {
      throw new InvalidQueryException(
          "If-None-Match", "must be * or a list of entity tags in quotes, as ETag had them");
    }
    return Optional.of(matcher.group(1));
  }
}
