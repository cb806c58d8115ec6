package io.burnish.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call brought no answer. Its message is the provider's own, cut to 500 characters; it never
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
    /** 429: a limit is reached; passes by itself. */
    THROTTLED,
    /** 5xx, 498, 408, 409, or 200 without an answer in it: passes by itself. */
    OVERLOADED,
    /** 400, 401, 403, 404, 422, 424: the same request will always be refused. */
    REFUSED,
    /** 400 or 422 on a field of the request that can be left out. */
    UNSUPPORTED,
    /** The model is decommissioned, unknown, or not open to this account. */
    GONE,
    /** 413, or 400 on context or maximum: this request can never fit the model's limits. */
    TOO_LARGE,
    /** The answer was cut off at the maximum of tokens. */
    TRUNCATED,
    /** There was an answer, but nothing that can be read as one. */
    UNUSABLE,
    /** No whole answer within a time limit of ours; may be billed all the same. */
    TIMED_OUT,
    /** No answer at all: refused connection, reset, or a body that is no provider's. */
    UNREACHABLE;

    /** The word in the ledger and in metrics. */
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
    /** Input tokens per minute; has no bucket here, for only some organizations have it. */
    ITPM,
    /** Output tokens per minute; as {@link #ITPM}. */
    OTPM,
    /** The provider did not say, or in words we don't know. */
    UNKNOWN
  }

  /** Which of the closed set it is. */
  public abstract Kind kind();

  /** Who was called. */
  public String model() {
    return model;
  }

  /** The response's status; 0 when there was none. */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * Whether it is the caller who is refused (his key, account or address, or the one that he
   * calls), so that every other call will meet the same.
   */
  public boolean accountAtFault() {
    return false;
  }

  /** Whether asking another model may help with this very request. */
  public boolean anotherModelMayAnswer() {
    return switch (kind()) {
      case THROTTLED, OVERLOADED, UNSUPPORTED, GONE, TOO_LARGE, TIMED_OUT, UNREACHABLE -> true;
      case REFUSED -> !accountAtFault();
      case TRUNCATED, UNUSABLE -> false;
    };
  }

  /**
   * What happened, in words of ours that are the same for every provider. The message holds the
   * provider's words, which must never reach a model: they may tell it what to do.
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

  /**
   * Whether the same call may be sent to the same model again at once. It is so until {@link
   * #forbidRetry()}.
   */
  public boolean isRetryAllowed() {
    return worthRetry;
  }

  /** The model is in a cooldown that another call began: this one must not be sent again. */
  public void forbidRetry() {
    worthRetry = false;
  }

  /**
   * The model's text, when the provider held it for invalid but sent it along; it may be good all
   * the same.
   */
  public Optional<String> failedGeneration() {
    return Optional.empty();
  }

  /**
   * How long the provider asks us to wait, at most a day; empty when it does not say. It is not
   * bounded further: who waits for it bears in mind that it may be wrong.
   */
  public Optional<Duration> waitTime() {
    return Optional.empty();
  }

  /**
   * What came back and was paid for, though it is no good as an answer; empty when nothing was, or
   * the provider does not tell what it cost.
   */
  public Optional<ChatAnswer> paid() {
    return Optional.empty();
  }
}
