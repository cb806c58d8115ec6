package io.burnish.provider.response;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an error is about, by its code, its type and its words, whatever its status.
 *
 * <p>Source: as of {@link FaultMapping}.
 */
final class ErrorMeaning {

  private static final String DECOMMISSIONED = "model_decommissioned";

  /** The model is unknown at this address, or not open to this account; both can change. */
  private static final Set<String> UNKNOWN_MODEL =
      Set.of("model_not_found", "invalid_model", "unknown_model", "deploymentnotfound");

  /** A person must accept the terms, or allow the model, in the provider's console. */
  private static final Set<String> BLOCKED =
      Set.of(
          "model_terms_required",
          "model_permission_blocked_org",
          "model_permission_blocked_project");

  private static final Pattern UNKNOWN_WORDS =
      Pattern.compile("not found|not exist|no access|not have access|not a valid model");

  private static final Set<String> ACCOUNT =
      Set.of(
          "invalid_api_key",
          "expired_api_key",
          "blocked_api_access",
          "organization_restricted",
          // OpenAI's: a 429 that does not pass by itself.
          "insufficient_quota");

  /** Seen where {@code blocked_api_access} is documented (Source: traffic of 2026-07). */
  private static final String ACCOUNT_SPENT = "spend_";

  /**
   * The provider could not parse what the model wrote; the same request may succeed when repeated.
   * {@code tool_use_failed} also occurs without tools: gpt-oss at times calls one that was not
   * offered.
   */
  private static final Set<String> NOT_GENERATED =
      Set.of("json_validate_failed", "output_parse_failed", "tool_use_failed");

  private static final Pattern FILTERED =
      Pattern.compile(
          "content_?(?:filter|policy)|responsible_?ai|moderation|was flagged",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> TOO_LONG =
      Set.of("context_length_exceeded", "exceed_context_size_error", "string_above_max_length");

  private static final Pattern TOO_LONG_WORDS =
      Pattern.compile(
          "maximum context length|context (?:length|size|window) (?:exceeded|of)|available context"
              + "|exceeds? the (?:model's )?(?:maximum )?context|prompt is too long"
              + "|reduce the length of",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> MAXIMUM = Set.of("max_completion_tokens", "max_tokens");

  /**
   * A 403 of the edge that bans the caller's network or software; its other pages concern one
   * request (Source: Cloudflare 1xxx-errors page, read 2026-11).
   */
  private static final Pattern BAN = Pattern.compile("error code: 10(?:0[5-9]|1[0-2])");

  /** The edge's own rate limit, under any status (Source: as above). */
  private static final Pattern EDGE_LIMIT = Pattern.compile("error code: 1015\\b");

  private ErrorMeaning() {}

  /** Whether the edge before the provider limits the rate. */
  static boolean isLimitOfTheEdge(ErrorResponse error) {
    return EDGE_LIMIT.matcher(error.message()).find();
  }

  /** Whether the edge bans the caller. */
  static boolean isBan(ErrorResponse error) {
    return BAN.matcher(error.message()).find();
  }

  /** Whether the provider has removed the model. */
  static boolean isDecommissioned(ErrorResponse error) {
    return error.code().equals(DECOMMISSIONED)
        || (error.message().contains("model") && error.message().contains("decommissioned"));
  }

  /** Whether the model is removed, unknown or not open to this account. */
  static boolean isAboutTheModel(ErrorResponse error) {
    String message = error.message();
    boolean unknown =
        error.enveloped()
            && (error.meantStatus() == 404 || message.contains("not a valid model"))
            && message.toLowerCase(Locale.ROOT).contains("model")
            && UNKNOWN_WORDS.matcher(message).find();
    return isDecommissioned(error)
        || UNKNOWN_MODEL.contains(error.code())
        || UNKNOWN_MODEL.contains(error.type())
        || BLOCKED.contains(error.code())
        || message.contains("does not support chat completions")
        || unknown;
  }

  /** Whether the provider refuses the account, whatever the request. */
  static boolean isAboutTheAccount(ErrorResponse error) {
    return ACCOUNT.contains(error.code()) || error.code().startsWith(ACCOUNT_SPENT);
  }

  /** Whether the model wrote something that the provider could not parse. */
  static boolean isNotGenerated(ErrorResponse error) {
    return error.generated() || NOT_GENERATED.contains(error.code());
  }

  /** Whether a filter refused the content. */
  static boolean isFiltered(ErrorResponse error) {
    boolean ofTheRequest = error.meantStatus() >= 400 && error.meantStatus() < 500;
    return ofTheRequest && error.meantStatus() != 429 && error.mentions(FILTERED);
  }

  /** Whether the request is longer than the model's context. */
  static boolean isTooLong(ErrorResponse error) {
    return TOO_LONG.contains(error.code())
        || TOO_LONG.contains(error.type())
        || (error.meantStatus() == 400 && TOO_LONG_WORDS.matcher(error.message()).find());
  }

  /** Whether the maximum of answer tokens is refused. */
  static boolean isAboutTheMaximum(ErrorResponse error) {
    return error.params().stream().anyMatch(MAXIMUM::contains);
  }
}
