package io.burnish.quota.limit;

/** Where a limit is from: the words in {@code model_quota} and in the API. */
public final class LimitSource {

  /** Assumed from the plan table. */
  public static final String PLAN = "plan";

  /** Named in {@code BURNISH_LIMITS}; nothing corrects it. */
  public static final String CONFIGURED = "configured";

  /** Read from response headers. */
  public static final String HEADERS = "headers";

  /** Read from the body of a 429. */
  public static final String THROTTLED = "429";

  /** Found by trial. */
  public static final String ADAPTIVE = "adaptive";

  private LimitSource() {}
}
