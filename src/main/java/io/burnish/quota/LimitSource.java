package io.burnish.quota;

/** Where a limit is from: the words in {@code model_quota} and in the API. */
final class LimitSource {

  /** Assumed from the plan table. */
  static final String PLAN = "plan";

  /** Named in {@code BURNISH_LIMITS}; nothing corrects it. */
  static final String CONFIGURED = "configured";

  /** Read from response headers. */
  static final String HEADERS = "headers";

  /** Read from the body of a 429. */
  static final String THROTTLED = "429";

  /** Found by trial. */
  static final String ADAPTIVE = "adaptive";

  private LimitSource() {}
}
