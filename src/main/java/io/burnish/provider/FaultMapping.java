package io.burnish.provider;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps status, headers and body to a fault, whatever the body is. The error's code has precedence
 * over the status.
 *
 * <p>Source: Groq error-codes, rate-limits and spend-limits pages, and published traffic, read
 * 2026-11.
 */
final class FaultMapping {

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

  private static final String RAN_OUT = "max completion tokens";

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

  private FaultMapping() {}

  /**
   * The parts of a request that an error can be about.
   *
   * @param optional sent fields that can be left out
   */
  record Sent(String model, Set<RequestField> optional) {

    static Sent everything(String model) {
      return new Sent(model, EnumSet.allOf(RequestField.class));
    }
  }

  /** The fault of a response without an answer; its status can be any. */
  static ProviderFault of(
      String model, int status, UnaryOperator<@Nullable String> header, String body, Instant now) {
    return of(Sent.everything(model), ErrorResponse.read(status, body), header, now);
  }

  /** The fault of an error. */
  static ProviderFault of(
      Sent sent, ErrorResponse error, UnaryOperator<@Nullable String> header, Instant now) {
    String model = sent.model();
    int status = error.status();
    Duration wait = RetryAfter.asked(header, error.message(), now).orElse(null);
    if (EDGE_LIMIT.matcher(error.message()).find()) {
      return throttled(model, error, wait);
    }
    if (isAboutTheModel(error)) {
      return new ModelUnavailable(model, status, error.message(), isDecommissioned(error));
    }
    if (ACCOUNT.contains(error.code()) || error.code().startsWith(ACCOUNT_SPENT)) {
      return new Refused(model, status, error.message(), true);
    }
    if (error.generated() || NOT_GENERATED.contains(error.code())) {
      return notGenerated(model, error, RateLimitHeaders.of(header));
    }
    boolean ofTheRequest = error.meantStatus() >= 400 && error.meantStatus() < 500;
    if (ofTheRequest && error.meantStatus() != 429 && error.mentions(FILTERED)) {
      return new Refused(model, status, error.message(), false);
    }
    if (TOO_LONG.contains(error.code())
        || TOO_LONG.contains(error.type())
        || (error.meantStatus() == 400 && TOO_LONG_WORDS.matcher(error.message()).find())) {
      return new TooLarge(model, status, error.message(), null);
    }
    RequestField field = FieldRefusal.in(error, sent.optional());
    if (field != null) {
      return new Unsupported(model, status, error.message(), field);
    }
    if (error.params().stream().anyMatch(MAXIMUM::contains)) {
      return new TooLarge(model, status, error.message(), null);
    }
    return byStatus(model, error, wait, header);
  }

  private static boolean isDecommissioned(ErrorResponse error) {
    return error.code().equals(DECOMMISSIONED)
        || (error.message().contains("model") && error.message().contains("decommissioned"));
  }

  private static boolean isAboutTheModel(ErrorResponse error) {
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

  private static ProviderFault notGenerated(
      String model, ErrorResponse error, RateLimitHeaders limits) {
    String text = error.failedGeneration();
    boolean ranOut = text.contains(RAN_OUT);
    String message = ranOut ? error.message() + " (" + text + ")" : error.message();
    String written = ranOut || text.isBlank() ? null : text;
    if (error.usage().isPresent()) {
      ChatAnswer paid =
          ChatAnswer.of(model, written == null ? "" : written, error.usage(), "", limits);
      return ranOut
          ? new Truncated(paid, error.status(), message)
          : new Unusable(paid, error.status(), message);
    }
    return ranOut
        ? new Truncated(model, error.status(), message, null)
        : new Unusable(model, error.status(), message, written);
  }

  private static ProviderFault byStatus(
      String model,
      ErrorResponse error,
      @Nullable Duration wait,
      UnaryOperator<@Nullable String> header) {
    int status = error.status();
    String message = error.message();
    int meant = error.meantStatus();
    return switch (meant) {
      case 413 ->
          new TooLarge(model, status, message, RateLimitMessage.read(message).tokensPerMinute());
      case 429 -> throttled(model, error, wait);
      case 408, 409, 423, 425, 498, 499 -> new Overloaded(model, status, message, wait);
      // No key, no credit, no completions at this address: every other call meets the same.
      case 401, 402, 404, 405, 406, 407, 410, 415, 421, 426 ->
          new Refused(model, status, message, true);
      case 403 ->
          new Refused(model, status, message, error.enveloped() || BAN.matcher(message).find());
      default -> {
        if (meant >= 500) {
          yield new Overloaded(model, status, message, wait);
        }
        if (meant >= 400) {
          yield new Refused(model, status, message, false);
        }
        // A redirect concerns every call.
        yield meant >= 300
            ? new Refused(model, status, message + target(header), true)
            : new Unreachable(model, status, message, null);
      }
    };
  }

  private static ProviderFault throttled(
      String model, ErrorResponse error, @Nullable Duration waitTime) {
    RateLimitMessage limits = RateLimitMessage.read(error.message());
    // In 2024 a request that can never fit got a 429 with a wait, and after the wait another one.
    return limits.neverFits()
        ? new TooLarge(model, error.status(), error.message(), limits.tokensPerMinute())
        : new Throttled(
            model, error.status(), error.message(), limits.dimension(), waitTime, limits.figures());
  }

  /** The target of a redirect, without the parts that may be secret. */
  private static String target(UnaryOperator<@Nullable String> header) {
    String location = header.apply("location");
    if (location == null) {
      return "";
    }
    try {
      URI uri = URI.create(location.strip());
      return " (redirect to %s%s)"
          .formatted(uri.getHost() == null ? "" : uri.getHost(), String.valueOf(uri.getPath()));
    } catch (IllegalArgumentException e) {
      return " (redirect to an invalid address)";
    }
  }
}
