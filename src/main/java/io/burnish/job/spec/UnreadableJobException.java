package io.burnish.job.spec;

import org.jspecify.annotations.Nullable;

/**
 * This version can't work on a job because it can't read its options or profile. The job keeps its
 * state, and a version that can read it continues. The message may be shown to the job's owner.
 */
public final class UnreadableJobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 300;

  private UnreadableJobException(String what, @Nullable Throwable cause) {
    super(
        ("this version of Burnish %s; most likely a newer one stored the job. Its records wait, unharmed,"
                + " and go on as soon as a version is running that can read it")
            .formatted(what),
        cause);
  }

  /** The options have a form that this version does not know. */
  static UnreadableJobException ofOptions(String options, Throwable cause) {
    String shown = options.length() <= LONGEST ? options : options.substring(0, LONGEST) + "…";
    return new UnreadableJobException("can't read the options of the job, " + shown, cause);
  }

  /** This version has no profile of that name. */
  public static UnreadableJobException ofProfile(String profile) {
    return new UnreadableJobException("has no profile \"%s\"".formatted(profile), null);
  }
}
