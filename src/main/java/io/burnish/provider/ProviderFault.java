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
public abstract sealed class ProviderFault extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MESSAGE = 500;

  private final String model;
  private final int httpStatus;

  private ProviderFault(String model, int httpStatus, String message, @Nullable Throwable cause) {
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
    /** 5xx, 498, 408, 409: the provider can't just now; passes by itself. */
    OVERLOADED,
    /** 400, 401, 403, 422: the same request will always be refused. */
    REFUSED,
    /** The model is decommissioned, unknown or not for us. */
    GONE,
    /** 413: this request can never fit the limit. */
    TOO_LARGE,
    /** The answer was cut off at the maximum of tokens. */
    TRUNCATED,
    /** There was an answer, but nothing that can be read as one. */
    UNUSABLE,
    /** No answer at all: refused connection, reset, time-out. */
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

  /** Whether the key or the account is at fault, so that every other call will meet the same. */
  public boolean accountAtFault() {
    return false;
  }

  /** Whether asking another model may help with this very request. */
  public boolean anotherModelMayAnswer() {
    return switch (kind()) {
      case THROTTLED, OVERLOADED, GONE, TOO_LARGE, UNREACHABLE -> true;
      case REFUSED -> !accountAtFault();
      case TRUNCATED, UNUSABLE -> false;
    };
  }

  /**
   * The model's text, when the provider held it for invalid but sent it along; it may be good all
   * the same.
   */
  public Optional<String> failedGeneration() {
    return Optional.empty();
  }

  /** A limit is reached. */
  public static final class Throttled extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final Dimension dimension;
    private final transient @Nullable Duration waitTime;
    private final transient @Nullable Figures figures;

    /**
     * What the provider counts.
     *
     * @param limit of the window
     * @param used of it when the call came, a rounded number
     * @param requested by the call
     */
    public record Figures(double limit, double used, double requested) {}

    /** {@code waitTime} is null when the provider named none. */
    public Throttled(
        String model,
        int httpStatus,
        String message,
        Dimension dimension,
        @Nullable Duration waitTime) {
      this(model, httpStatus, message, dimension, waitTime, null);
    }

    /** {@code figures} is null when the provider gave none. */
    public Throttled(
        String model,
        int httpStatus,
        String message,
        Dimension dimension,
        @Nullable Duration waitTime,
        @Nullable Figures figures) {
      super(model, httpStatus, message, null);
      this.dimension = dimension;
      this.waitTime = waitTime;
      this.figures = figures;
    }

    /** What the provider counts; empty when it did not say. */
    public Optional<Figures> figures() {
      return Optional.ofNullable(figures);
    }

    @Override
    public Kind kind() {
      return Kind.THROTTLED;
    }

    /** Which limit. */
    public Dimension dimension() {
      return dimension;
    }

    /** How long the provider asks us to wait; empty when it does not say. */
    public Optional<Duration> waitTime() {
      return Optional.ofNullable(waitTime);
    }
  }

  /** The provider can't just now. */
  public static final class Overloaded extends ProviderFault {
    private static final long serialVersionUID = 1L;

    /** A fault with or without a cause of ours. */
    public Overloaded(String model, int httpStatus, String message, @Nullable Throwable cause) {
      super(model, httpStatus, message, cause);
    }

    @Override
    public Kind kind() {
      return Kind.OVERLOADED;
    }
  }

  /** The request, or the account, is refused. */
  public static final class Refused extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final boolean accountAtFault;

    /** A refusal. */
    public Refused(String model, int httpStatus, String message, boolean accountAtFault) {
      super(model, httpStatus, message, null);
      this.accountAtFault = accountAtFault;
    }

    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }

    @Override
    public boolean accountAtFault() {
      return accountAtFault;
    }
  }

  /** The model can't be asked, now or later. */
  public static final class Gone extends ProviderFault {
    private static final long serialVersionUID = 1L;

    /** A model that is out for good. */
    public Gone(String model, int httpStatus, String message) {
      super(model, httpStatus, message, null);
    }

    @Override
    public Kind kind() {
      return Kind.GONE;
    }
  }

  /** The request can never fit the limit. */
  public static final class TooLarge extends ProviderFault {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Double limit;

    /** A request that must be made smaller; {@code limit} is null when the provider named none. */
    public TooLarge(String model, int httpStatus, String message, @Nullable Double limit) {
      super(model, httpStatus, message, null);
      this.limit = limit;
    }

    /** The limit of tokens a minute, when the provider tells it. */
    public Optional<Double> limit() {
      return Optional.ofNullable(limit);
    }

    @Override
    public Kind kind() {
      return Kind.TOO_LARGE;
    }
  }

  /** The answer was cut off. */
  public static final class Truncated extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final @Nullable String text;

    /** An answer of which {@code text} is what there is, or null. */
    public Truncated(String model, int httpStatus, String message, @Nullable String text) {
      super(model, httpStatus, message, null);
      this.text = text;
    }

    @Override
    public Kind kind() {
      return Kind.TRUNCATED;
    }

    @Override
    public Optional<String> failedGeneration() {
      return Optional.ofNullable(text);
    }
  }

  /** Nothing that can be read as an answer. */
  public static final class Unusable extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final @Nullable String text;

    /** A response of which {@code text} is the model's own part, or null. */
    public Unusable(String model, int httpStatus, String message, @Nullable String text) {
      super(model, httpStatus, message, null);
      this.text = text;
    }

    @Override
    public Kind kind() {
      return Kind.UNUSABLE;
    }

    @Override
    public Optional<String> failedGeneration() {
      return Optional.ofNullable(text);
    }
  }

  /** No response. */
  public static final class Unreachable extends ProviderFault {
    private static final long serialVersionUID = 1L;

    /** A call that ended without a response. */
    public Unreachable(String model, String message, @Nullable Throwable cause) {
      super(model, 0, message, cause);
    }

    @Override
    public Kind kind() {
      return Kind.UNREACHABLE;
    }
  }
}
