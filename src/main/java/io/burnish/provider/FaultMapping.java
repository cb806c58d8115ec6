package io.burnish.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From status, headers and body to the fault they mean. Never throws anything else, whatever the
 * body is. The error's code goes before the status.
 *
 * <p>Source: Groq error-codes, rate-limits and spend-limits pages, and published traffic, read
 * 2026-11.
 */
final class FaultMapping {

  private static final Set<String> GONE = Set.of("model_decommissioned", "model_not_found");

  /** A person accepts the terms, or permits the model, at the provider's console. */
  private static final Set<String> BLOCKED =
      Set.of(
          "model_terms_required",
          "model_permission_blocked_org",
          "model_permission_blocked_project");

  private static final Set<String> ACCOUNT =
      Set.of(
          "invalid_api_key",
          "expired_api_key",
          "blocked_api_access",
          "organization_restricted",
          // Not Groq's but OpenAI's: a 429 that no wait will help.
          "insufficient_quota");

  /** Seen where {@code blocked_api_access} is documented (Source: traffic of 2026-07). */
  private static final String ACCOUNT_SPENT = "spend_";

  /** The second also comes without tools: gpt-oss at times calls one that nobody offered. */
  private static final Set<String> NOT_GENERATED =
      Set.of("json_validate_failed", "tool_use_failed");

  private static final String RAN_OUT = "max completion tokens";

  private static final Set<String> MAXIMUM = Set.of("max_completion_tokens", "max_tokens");

  /**
   * A 403 of the edge that bans the caller's network or software; its other pages are about what
   * one request holds (Source: Cloudflare 1xxx-errors page, read 2026-11).
   */
  private static final Pattern BAN = Pattern.compile("error code: 10(?:0[5-9]|1[0-2])");

  private FaultMapping() {}

  /** The fault that a response means which is no answer; its status may be any. */
  static ProviderFault of(
      String model, int status, UnaryOperator<@Nullable String> header, String body, Instant now) {
    ErrorResponse error = ErrorResponse.read(status, body);
    if (isGone(error)) {
      return new Gone(model, status, error.message(), true);
    }
    if (BLOCKED.contains(error.code())) {
      return new Gone(model, status, error.message(), false);
    }
    if (ACCOUNT.contains(error.code()) || error.code().startsWith(ACCOUNT_SPENT)) {
      return new Refused(model, status, error.message(), true);
    }
    if (NOT_GENERATED.contains(error.code())) {
      return notGenerated(model, error);
    }
    if (error.code().equals("context_length_exceeded") || MAXIMUM.contains(error.param())) {
      return new TooLarge(model, status, error.message(), null);
    }
    return byStatus(model, error, Waits.asked(header, error.message(), now).orElse(null));
  }

  private static boolean isGone(ErrorResponse error) {
    String message = error.message();
    return GONE.contains(error.code())
        || message.contains("does not support chat completions")
        || (error.status() == 404
            && error.enveloped()
            && message.contains("model")
            && (message.contains("not found") || message.contains("does not exist")));
  }

  private static ProviderFault notGenerated(String model, ErrorResponse error) {
    String text = error.failedGeneration();
    return text.contains(RAN_OUT)
        ? new Truncated(model, error.status(), error.message() + " (" + text + ")", null)
        : new Unusable(model, error.status(), error.message(), text.isBlank() ? null : text);
  }

  private static ProviderFault byStatus(
      String model, ErrorResponse error, @Nullable Duration waitTime) {
    int status = error.status();
    String message = error.message();
    return switch (error.meantStatus()) {
      case 413 ->
          new TooLarge(model, status, message, LimitMessage.read(message).tokensPerMinute());
      case 429 -> throttled(model, error, waitTime);
      case 408, 409, 498 -> new Overloaded(model, status, message, waitTime);
      // No key, no credit, no completions at this address: no other call fares better.
      case 401, 402, 404, 405 -> new Refused(model, status, message, true);
      case 403 ->
          new Refused(model, status, message, error.enveloped() || BAN.matcher(message).find());
      default -> byClass(model, error, waitTime);
    };
  }

  private static ProviderFault throttled(
      String model, ErrorResponse error, @Nullable Duration waitTime) {
    LimitMessage told = LimitMessage.read(error.message());
    // In 2024 what can never fit was a 429 with a wait, and after the wait another one.
    return told.neverFits()
        ? new TooLarge(model, error.status(), error.message(), told.tokensPerMinute())
        : new Throttled(
            model, error.status(), error.message(), told.dimension(), waitTime, told.figures());
  }

  private static ProviderFault byClass(
      String model, ErrorResponse error, @Nullable Duration waitTime) {
    int hundreds = error.meantStatus() / 100;
    if (hundreds >= 5) {
      return new Overloaded(model, error.status(), error.message(), waitTime);
    }
    // A redirect leads every call astray alike.
    return hundreds >= 3
        ? new Refused(model, error.status(), error.message(), hundreds == 3)
        : new Unusable(model, error.status(), error.message(), null);
  }
}
