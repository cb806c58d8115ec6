package io.burnish.api.mapping;

import java.util.Set;

/**
 * The detail of the problem when the database becomes unavailable during a request. It is not known
 * whether a change was stored: the commit may have succeeded, and only its acknowledgement is lost.
 */
final class DatabaseUnavailable {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private static final String UNKNOWN =
      "the database became unavailable before it confirmed the change: it may have been stored, or not. ";

  private DatabaseUnavailable() {}

  /**
   * What happened, and what to do.
   *
   * @param method of the request
   * @param keyed whether it has an Idempotency-Key
   */
  static String detail(String method, boolean keyed) {
    if (READING.contains(method)) {
      return "the database is unavailable; send the request again in a few seconds";
    }
    if (!method.equals("POST")) {
      return UNKNOWN + "Send it again in a few seconds: the request is idempotent";
    }
    return UNKNOWN
        + (keyed
            ? "Post the same body again in a few seconds with the same Idempotency-Key: it is stored once, and the response is its job"
            : "Posted again, it may make a second job; its records are not paid for again unless its dedupe is none."
                + " With an Idempotency-Key, the same for each try, the same body makes one job");
  }
}
