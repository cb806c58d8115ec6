package io.burnish.models;

import io.burnish.models.call.ChatCall;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.TooLarge;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.RateLimitHeaders;
import io.burnish.quota.Quotas;
import io.burnish.quota.limit.Charge;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reserves and settles the quota of single HTTP calls: tokens are reserved before a call is sent,
 * and settled by its result. Settling never throws, because the answer must not be lost: while the
 * database is unavailable, {@link Quotas} keeps what a call used and writes it later. Thread-safe.
 */
@Singleton
class CallQuota {

  private static final Logger LOG = Logger.getLogger(CallQuota.class);

  private final Quotas quotas;
  private final Calibration calibration;

  CallQuota(Quotas quotas, Calibration calibration) {
    this.quotas = quotas;
    this.calibration = calibration;
  }

  /**
   * Reserves the tokens of the call, unless they are reserved already.
   *
   * @throws Throttled when the quota is used up; nothing is sent then
   */
  void reserve(ChatCall call) {
    if (call.reserved().get() > 0) {
      return;
    }
    long tokens =
        calibration.tokens(call.model(), call.promptTokens()) + call.prompt().maxCompletionTokens();
    Grant grant = quotas.reserve(call.model(), 1, tokens);
    if (grant.calls() == 0) {
      throw new Throttled(
          call.model(),
          0,
          "the quota of %s is used up: %s"
              .formatted(call.model(), grant.waitingFor().orElse("no tokens left")),
          ProviderFault.Dimension.UNKNOWN,
          grant.tooLarge() ? null : grant.waitTime());
    }
    call.reserved().set(tokens);
  }

  /** The most prompt tokens that the model may count for the call. */
  long mostPromptTokens(ChatCall call) {
    return calibration.most(call.model(), call.promptTokens(), call.prompt()::bytes);
  }

  /**
   * Settles a call that was answered: unused tokens are refunded. Without usage in the answer
   * nothing is refunded.
   */
  void settle(ChatCall call, ChatAnswer answer) {
    settle(call, answer, true);
  }

  private void settle(ChatCall call, ChatAnswer answer, boolean usable) {
    long reserved = call.reserved().getAndSet(0);
    long used = answer.reportsUsage() ? answer.charged() : reserved;
    RateLimitObservation observed = observation(answer.rateLimits(), usable);
    settleSafely(call, () -> quotas.settle(call.model(), reserved, used, observed));
    calibration.learn(call.model(), call.promptTokens(), answer.promptTokens());
  }

  /** Settles a call that was sent and met a fault. */
  void settle(ChatCall call, ProviderFault fault) {
    fault
        .billedAnswer()
        .ifPresentOrElse(answer -> settle(call, answer, false), () -> settleFault(call, fault));
  }

  private void settleFault(ChatCall call, ProviderFault fault) {
    long reserved = call.reserved().getAndSet(0);
    settleSafely(call, () -> settleFault(call, fault, reserved));
  }

  private void settleSafely(ChatCall call, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warnf(
          "Could not settle the quota of a call to %s: %s. The answer is kept; the quota is settled later.",
          call.model(), e.getMessage());
    }
  }

  private void settleFault(ChatCall call, ProviderFault fault, long reserved) {
    switch (fault.kind()) {
      case THROTTLED -> quotas.throttled(call.model(), reserved, notice((Throttled) fault));
      case OVERLOADED -> quotas.failed(call.model(), reserved, Charge.NONE);
      case UNREACHABLE, TIMED_OUT -> quotas.failed(call.model(), reserved, charge(fault));
      // Refused before admission: no tokens were used.
      case REFUSED, GONE, UNSUPPORTED -> quotas.refund(call.model(), 1, reserved);
      case TOO_LARGE -> {
        quotas.refund(call.model(), 1, reserved);
        ((TooLarge) fault).limit().ifPresent(limit -> quotas.tooLarge(call.model(), limit));
      }
      // Tokens were generated; their number is unknown, but at most what was reserved.
      case TRUNCATED, UNUSABLE ->
          quotas.settle(call.model(), reserved, reserved, RateLimitObservation.NONE);
    }
  }

  private static Charge charge(ProviderFault fault) {
    if (!(fault instanceof Unreachable unreachable)) {
      return Charge.LIKELY;
    }
    if (unreachable.neverReachedProvider()) {
      return Charge.NONE;
    }
    return unreachable.closedBeforeResponse() ? Charge.UNLIKELY : Charge.LIKELY;
  }

  /** Refunds the tokens of a call that was not sent. */
  void refund(ChatCall call) {
    long reserved = call.reserved().getAndSet(0);
    if (reserved > 0) {
      settleSafely(call, () -> quotas.refund(call.model(), 1, reserved));
    }
  }

  private static RateLimitObservation observation(RateLimitHeaders headers, boolean usable) {
    return new RateLimitObservation(
        new RateLimitObservation.Reported(
            headers.requestsPerDay(), headers.remainingRequests(), headers.requestsFullIn()),
        new RateLimitObservation.Reported(
            headers.tokensPerMinute(), headers.remainingTokens(), headers.tokensFullIn()),
        usable);
  }

  private static ThrottleNotice notice(Throttled fault) {
    return new ThrottleNotice(
        switch (fault.dimension()) {
          case RPM -> Optional.of(Dimension.RPM);
          case RPD -> Optional.of(Dimension.RPD);
          case TPM -> Optional.of(Dimension.TPM);
          case TPD -> Optional.of(Dimension.TPD);
          // These limits have no bucket; their wait applies all the same.
          case ITPM, OTPM, UNKNOWN -> Optional.empty();
        },
        fault.figures().map(Throttled.Figures::limit),
        fault.figures().map(Throttled.Figures::used),
        fault.waitTime());
  }
}
