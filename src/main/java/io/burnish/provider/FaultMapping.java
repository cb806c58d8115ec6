package io.burnish.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.provider.ChatResponse.ErrorBody;
import io.burnish.provider.ProviderFault.Dimension;
import io.burnish.provider.ProviderFault.Gone;
import io.burnish.provider.ProviderFault.Overloaded;
import io.burnish.provider.ProviderFault.Refused;
import io.burnish.provider.ProviderFault.Throttled;
import io.burnish.provider.ProviderFault.Throttled.Figures;
import io.burnish.provider.ProviderFault.TooLarge;
import io.burnish.provider.ProviderFault.Truncated;
import io.burnish.provider.ProviderFault.Unusable;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From status, headers and body to the fault they mean. Never throws anything else, whatever the
 * body is.
 *
 * <p>Source: Groq error-codes and rate-limits pages, and published traffic, read 2026-11.
 */
final class FaultMapping {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> GONE =
      Set.of(
          "model_decommissioned",
          "model_not_found",
          "model_terms_required",
          "model_permission_blocked_org",
          "model_permission_blocked_project");

  private static final Set<String> ACCOUNT =
      Set.of("invalid_api_key", "expired_api_key", "blocked_api_access");

  /** In 2024 the last figure came with a tilde (Source: published traffic, reference §2.5). */
  private static final Pattern FIGURES =
      Pattern.compile(
          "Limit (\\d{1,15}(?:\\.\\d{1,9})?), Used (\\d{1,15}(?:\\.\\d{1,9})?),"
              + " Requested ~?(\\d{1,15}(?:\\.\\d{1,9})?)");

  private static final Pattern TOO_LARGE_LIMIT =
      Pattern.compile("\\(TPM\\): Limit (\\d{1,12}), Requested");

  private static final String RAN_OUT = "max completion tokens";

  private FaultMapping() {}

  /** The fault that a response with a status of 400 or more means. */
  static ProviderFault of(
      String model, int status, UnaryOperator<@Nullable String> header, String body, Instant now) {
    ErrorBody error = error(body);
    String message = message(status, error, body);
    String code = error == null || error.code() == null ? "" : error.code();
    if (GONE.contains(code) || message.contains("does not support chat completions")) {
      return new Gone(model, status, message);
    }
    if (code.equals("json_validate_failed")) {
      return invalidGeneration(model, status, message, error.failedGeneration());
    }
    return switch (status) {
      case 413 -> new TooLarge(model, status, message, limit(message));
      case 429 ->
          new Throttled(
              model,
              status,
              message,
              dimension(message),
              Waits.asked(header, message, now).orElse(null),
              figures(message));
      case 408, 409, 498 -> new Overloaded(model, status, message, null);
      case 401 -> new Refused(model, status, message, true);
      // Cloudflare's 403 is a plain text about the caller's software, and says nothing of the key.
      case 403 -> new Refused(model, status, message, error != null || ACCOUNT.contains(code));
      default ->
          status >= 500
              ? new Overloaded(model, status, message, null)
              : new Refused(model, status, message, ACCOUNT.contains(code));
    };
  }

  private static ProviderFault invalidGeneration(
      String model, int status, String message, @Nullable String generation) {
    if (generation != null && generation.contains(RAN_OUT)) {
      return new Truncated(model, status, message + " (" + generation + ")", null);
    }
    return new Unusable(
        model, status, message, generation == null || generation.isBlank() ? null : generation);
  }

  private static @Nullable ErrorBody error(String body) {
    try {
      ChatResponse envelope = JSON.readValue(body, ChatResponse.class);
      return envelope == null ? null : envelope.error();
    } catch (JsonProcessingException e) {
      // A proxy's page, or nothing at all: the status has to do.
      return null;
    }
  }

  private static String message(int status, @Nullable ErrorBody error, String body) {
    if (error != null && error.message() != null) {
      return error.message();
    }
    String text = body.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip();
    return "HTTP %d%s".formatted(status, text.isEmpty() ? "" : ": " + text);
  }

  private static @Nullable Double limit(String message) {
    Matcher found = TOO_LARGE_LIMIT.matcher(message);
    return found.find() ? Double.valueOf(found.group(1)) : null;
  }

  private static @Nullable Figures figures(String message) {
    Matcher found = FIGURES.matcher(message);
    return found.find()
        ? new Figures(
            Double.parseDouble(found.group(1)),
            Double.parseDouble(found.group(2)),
            Double.parseDouble(found.group(3)))
        : null;
  }

  private static Dimension dimension(String message) {
    for (Dimension dimension : Dimension.values()) {
      if (message.contains("(" + dimension + ")")) {
        return dimension;
      }
    }
    return Dimension.UNKNOWN;
  }
}
