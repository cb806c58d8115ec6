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
    /** 5xx, 498, 408, 409, or 200 with a server's error in it: passes by itself. */
    OVERLOADED,
    /** 400, 401, 403, 404, 422, 424: the same request will always be refused. */
    REFUSED,
    /** The model is decommissioned, unknown, or not open to this account. */
    GONE,
    /** 413, or 400 on context or maximum: this request can never fit the model's limits. */
    TOO_LARGE,
    /** The answer was cut off at the maximum of tokens. */
    TRUNCATED,
    /** There was an answer, but nothing that can be read as one. */
    UNUSABLE,
    /** No answer at all: refused connection, reset, time-out, or a body that is no provider's. */
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

    @Override
    public Optional<Duration> waitTime() {
      return Optional.ofNullable(waitTime);
    }
  }

  /** The provider can't just now. */
  public static final class Overloaded extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable Duration waitTime;

    /** A response that says so; {@code waitTime} is null when it names no wait. */
    public Overloaded(String model, int httpStatus, String message, @Nullable Duration waitTime) {
      super(model, httpStatus, message, null);
      this.waitTime = waitTime;
    }

    /** What we take for an overload without a response, for a reason of ours. */
    public Overloaded(String model, String message, Throwable cause) {
      super(model, 0, message, cause);
      this.waitTime = null;
    }

    @Override
    public Optional<Duration> waitTime() {
      return Optional.ofNullable(waitTime);
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

  /** The model can't be asked. */
  public static final class Gone extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final boolean forGood;

    /** A model that can't be asked now; {@code forGood}: and never again. */
    public Gone(String model, int httpStatus, String message, boolean forGood) {
      super(model, httpStatus, message, null);
      this.forGood = forGood;
    }

    /**
     * Whether it will never come back; else a person can open it to this account, by accepting its
     * terms or by permitting it.
     */
    public boolean isForGood() {
      return forGood;
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

  /** Something was generated that is no good as an answer. */
  public abstract static sealed class Spoiled extends ProviderFault {
    private static final long serialVersionUID = 1L;
    private final @Nullable String text;
    private final transient @Nullable ChatAnswer paid;

    private Spoiled(String model, int httpStatus, String message, @Nullable String text) {
      super(model, httpStatus, message, null);
      this.text = text;
      this.paid = null;
    }

    private Spoiled(ChatAnswer answer, int httpStatus, String message) {
      super(answer.model(), httpStatus, message, null);
      this.text = answer.content().isBlank() ? null : answer.content();
      this.paid = answer.tellsItsCost() ? answer : null;
    }

    @Override
    public Optional<String> failedGeneration() {
      return Optional.ofNullable(text);
    }

    @Override
    public Optional<ChatAnswer> paid() {
      return Optional.ofNullable(paid);
    }
  }

  /** The answer was cut off. */
  public static final class Truncated extends Spoiled {
    private static final long serialVersionUID = 1L;

    /** An error that says so; {@code text} is what there is of the answer, or null. */
    public Truncated(String model, int httpStatus, String message, @Nullable String text) {
      super(model, httpStatus, message, text);
    }

    /** An answer that ends too soon. */
    public Truncated(ChatAnswer answer, int httpStatus, String message) {
      super(answer, httpStatus, message);
    }

    @Override
    public Kind kind() {
      return Kind.TRUNCATED;
    }
  }

  /** Nothing that can be read as an answer. */
  public static final class Unusable extends Spoiled {
    private static final long serialVersionUID = 1L;

    /** An error that says so; {@code text} is the model's own part of it, or null. */
    public Unusable(String model, int httpStatus, String message, @Nullable String text) {
      super(model, httpStatus, message, text);
    }

    /** An answer without anything in it. */
    public Unusable(ChatAnswer answer, int httpStatus, String message) {
      super(answer, httpStatus, message);
    }

    @Override
    public Kind kind() {
      return Kind.UNUSABLE;
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
