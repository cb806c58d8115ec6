package io.burnish.provider.fault;

import io.burnish.provider.wire.ChatAnswer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call has no answer. The message is the provider's own, cut to 500 characters, and never
 * holds the key.
 *
 * <p>Source of the kinds: Groq error-codes and rate-limits pages, read 2026-11.
 */
public abstract sealed class ProviderFault extends RuntimeException
    permits Throttled,
        Overloaded,
        Refused,
        Unsupported,
        ModelUnavailable,
        TooLarge,
        UnusableAnswer,
        TimedOut,
        Unreachable {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MESSAGE = 500;

  private final String model;
  private final int httpStatus;
  private volatile boolean worthRetry = true;

  ProviderFault(String model, int httpStatus, String message, @Nullable Throwable cause) {
    super(
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message,
        cause);
    this.model = model;
    this.httpStatus = httpStatus;
  }

  /** The closed set of faults, for an exhaustive switch. */
  public enum Kind {
    /** 429: a rate limit is reached; passes by itself. */
    THROTTLED,
    /** 5xx, 498, 408, 409, or 200 without an answer in it: passes by itself. */
    OVERLOADED,
    /** 400, 401, 403, 404, 422, 424: the same request is always refused. */
    REFUSED,
    /** 400 or 422 on a field of the request that can be left out. */
    UNSUPPORTED,
    /** The model is decommissioned, unknown, or not open to this account. */
    GONE,
    /** 413, or 400 on context or maximum: this request can never fit the model's limits. */
    TOO_LARGE,
    /** The answer was cut off at the maximum of tokens. */
    TRUNCATED,
    /** There is an answer, but it cannot be read. */
    UNUSABLE,
    /** Timeout: no whole answer within our time limit; may be billed all the same. */
    TIMED_OUT,
    /** No answer: connection refused or reset, or a body that is not from a provider. */
    UNREACHABLE;

    /** The name in the ledger and in metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which limit was reached. */
  public enum Dimension {
    /** Requests per minute. */
    RPM,
    /** Requests per day. */
    RPD,
    /** Tokens per minute. */
    TPM,
    /** Tokens per day. */
    TPD,
    /** Input tokens per minute; without a bucket here, because only some organizations have it. */
    ITPM,
    /** Output tokens per minute; as {@link #ITPM}. */
    OTPM,
    /** Not named by the provider, or in unknown words. */
    UNKNOWN
  }

  /** The kind of this fault. */
  public abstract Kind kind();

  /** The model that was called. */
  public String model() {
    return model;
  }

  /** The status of the response; 0 without one. */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * Whether the key, the account or an address is refused, so that every other call meets the same.
   */
  public boolean accountAtFault() {
    return false;
  }

  /** Whether a fallback to another model may help with this request. */
  public boolean anotherModelMayAnswer() {
    return switch (kind()) {
      case THROTTLED, OVERLOADED, UNSUPPORTED, GONE, TOO_LARGE, TIMED_OUT, UNREACHABLE -> true;
      case REFUSED -> !accountAtFault();
      case TRUNCATED, UNUSABLE -> false;
    };
  }

  /**
   * The fault in our own words, the same for every provider. The message holds the provider's
   * words, which must never reach a model: they may be read as instructions.
   */
  public String summary() {
    return switch (kind()) {
      case THROTTLED -> "a rate limit was reached";
      case OVERLOADED -> "the provider could not answer at that time";
      case REFUSED ->
          accountAtFault()
              ? "the provider refused the account"
              : "the provider refused the request";
      case UNSUPPORTED -> "the provider did not take a field of the request";
      case GONE -> "the model could not be asked";
      case TOO_LARGE -> "the request was too large for the model";
      case TRUNCATED -> "the answer was cut off at the maximum of tokens";
      case UNUSABLE -> "the answer had no text that could be read";
      case TIMED_OUT -> "no answer came within the time limit";
      case UNREACHABLE -> "the provider could not be reached";
    };
  }

  /** Whether the same call may be retried at once: until {@link #forbidRetry()}. */
  public boolean isRetryAllowed() {
    return worthRetry;
  }

  /** Forbids a retry, because another call began the cooldown of the model. */
  public void forbidRetry() {
    worthRetry = false;
  }

  /** The model's text that the provider rejected but sent along; it may be valid all the same. */
  public Optional<String> failedGeneration() {
    return Optional.empty();
  }

  /**
   * The wait that the provider names, at most a day; empty when it names none. It may be wrong, so
   * callers bound it.
   */
  public Optional<Duration> waitTime() {
    return Optional.empty();
  }

  /**
   * The unusable answer that is billed all the same; empty when there is none, or its usage is not
   * reported.
   */
  public Optional<ChatAnswer> billedAnswer() {
    return Optional.empty();
  }
}
