package io.burnish.api;

import java.util.Set;

/**
 * What is true for a client when the database went away under its request. Whether a change was
 * kept is not known: the commit may have been carried out, and only its acknowledgement lost.
 */
final class DatabaseUnavailable {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private static final String UNKNOWN =
      "the database went away before it said whether this was done: it may have been, or not. ";

  private DatabaseUnavailable() {}

  /**
   * What is true, and what to do.
   *
   * @param method of the request
   * @param keyed whether it came with an Idempotency-Key
   */
  static String detail(String method, boolean keyed) {
    if (READING.contains(method)) {
      return "the database is away, and nothing was to be changed; ask again in a few seconds";
    }
    if (!method.equals("POST")) {
      return UNKNOWN + "Send it again in a few seconds: done twice, it is as if done once";
    }
    return UNKNOWN
        + (keyed
            ? "Post the same again in a few seconds, under the same Idempotency-Key: it is stored once, and you get its job"
            : "Posted again, it may make a second job, whose records cost nothing anew unless its dedupe is none."
                + " With an Idempotency-Key, the same for each try, the same body makes one job");
  }
}
