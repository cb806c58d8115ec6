/** The account that the scenarios measure on: twenty times what the free plan has. */
final class Account {

  /** First in order of preference. */
  static final String MODEL = "openai/gpt-oss-120b";

  /** Second. */
  static final String OTHER = "openai/gpt-oss-20b";

  /** Requests a minute. */
  static final double RPM = 600;

  /** Tokens a minute. */
  static final double TPM = 160_000;

  /** Requests a minute / a day / tokens a minute / a day; no daily ones. */
  static final String LIMITS = "600/-/160000/-";

  /** What answers take: half come within 400 ms, all but one of a hundred within 2 s. */
  static final String LATENCY = "400ms..2s";

  /** Thirty times the free plan, told by headers alone. */
  static final String THIRTY = "900/30000/240000/6000000";

  /** What the free plan has. */
  static final String FREE = "30/1000/8000/200000";

  private Account() {}
}
