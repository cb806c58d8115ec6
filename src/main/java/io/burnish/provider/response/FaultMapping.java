package io.burnish.provider.response;

import io.burnish.provider.fault.ModelUnavailable;
import io.burnish.provider.fault.Overloaded;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Refused;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.TooLarge;
import io.burnish.provider.fault.Truncated;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.fault.Unsupported;
import io.burnish.provider.fault.Unusable;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.RateLimitHeaders;
import io.burnish.provider.wire.RequestField;
import io.burnish.provider.wire.RetryAfter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Maps status, headers and body to a fault, whatever the body is. The error's code has precedence
 * over the status.
 *
 * <p>Source: Groq error-codes, rate-limits and spend-limits pages, and published traffic, read
 * 2026-11.
 */
final class FaultMapping {

  private static final String RAN_OUT = "max completion tokens";

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
    if (ErrorMeaning.isLimitOfTheEdge(error)) {
      return throttled(model, error, wait);
    }
    if (ErrorMeaning.isAboutTheModel(error)) {
      return new ModelUnavailable(
          model, status, error.message(), ErrorMeaning.isDecommissioned(error));
    }
    if (ErrorMeaning.isAboutTheAccount(error)) {
      return new Refused(model, status, error.message(), true);
    }
    if (ErrorMeaning.isNotGenerated(error)) {
      return notGenerated(model, error, RateLimitHeaders.of(header));
    }
    if (ErrorMeaning.isFiltered(error)) {
      return new Refused(model, status, error.message(), false);
    }
    if (ErrorMeaning.isTooLong(error)) {
      return new TooLarge(model, status, error.message(), null);
    }
    RequestField field = FieldRefusal.in(error, sent.optional());
    if (field != null) {
      return new Unsupported(model, status, error.message(), field);
    }
    if (ErrorMeaning.isAboutTheMaximum(error)) {
      return new TooLarge(model, status, error.message(), null);
    }
    return byStatus(model, error, wait, header);
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
          new Refused(model, status, message, error.enveloped() || ErrorMeaning.isBan(error));
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
