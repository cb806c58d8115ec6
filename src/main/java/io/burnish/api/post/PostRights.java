package io.burnish.api.post;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.KeyLimits;
import io.burnish.access.caller.Role;
import io.burnish.api.problem.Problem;
import io.burnish.intake.Poster;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.PostLimits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a caller may post, by its role and its key. */
public final class PostRights {

  private PostRights() {}

  /** Who posts a job, for the limits of stored jobs. */
  public static JobOrigin origin(Caller caller) {
    KeyLimits limits = caller.limits();
    return new JobOrigin(
        caller.owner(), caller.keyId(), new PostLimits(limits.openJobs(), limits.costPerDay()));
  }

  /** Who posts records, for the limits of one job. */
  static Poster poster(Caller caller) {
    return new Poster(
        caller.owner(),
        caller.limits().records(),
        caller.limits().costPerDay() != null,
        caller.role() == Role.ADMIN ? null : caller.directories());
  }

  /**
   * Files of a data directory have no owner, so a key must name its directories. Links are resolved
   * later: so far, the answer tells nothing of the file system.
   */
  static void admitDirectory(Caller caller, String path) {
    if (caller.role() == Role.ADMIN) {
      return;
    }
    if (caller.directories().isEmpty()) {
      throw Problem.forbidden(
          "dataDir needs the role admin, or a key that names its directories; the role of the key or token is %s"
              .formatted(caller.role().word()),
          Role.ADMIN);
    }
    if (caller.directories().stream().noneMatch(allowed -> has(allowed, path))) {
      throw Problem.forbidden(
          "this key may use the directories %s and what is below them"
              .formatted(String.join(", ", caller.directories())),
          Role.ADMIN);
    }
  }

  /** Whether a posted path is a directory of a key, or below it; links are not resolved. */
  private static boolean has(String allowed, String posted) {
    try {
      return Path.of(posted).normalize().startsWith(Path.of(allowed).normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
