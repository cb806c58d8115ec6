package io.burnish.models;

import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.provider.RateLimitHeaders;
import io.burnish.provider.Throttled;
import io.burnish.provider.TooLarge;
import io.burnish.provider.Unreachable;
import io.burnish.quota.Charge;
import io.burnish.quota.Dimension;
import io.burnish.quota.Grant;
import io.burnish.quota.Quotas;
import io.burnish.quota.RateLimitObservation;
import io.burnish.quota.ThrottleNotice;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Holds and settles the quota of single HTTP calls: each has its tokens reserved before it is sent,
 * and is settled by what became of it. Settling never throws: what a call used is kept by {@link
 * Quotas} and written later when the database is away, and the answer must not be lost for that.
 * Thread-safe.
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
   * Makes sure that the call has its tokens.
   *
   * @throws Throttled when there is no room; nothing was sent then
   */
  void hold(ChatCall call) {
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
          "no room in the quota of %s: %s"
              .formatted(call.model(), grant.waitingFor().orElse("it is used up")),
          ProviderFault.Dimension.UNKNOWN,
          grant.tooLarge() ? null : grant.waitTime());
    }
    call.reserved().set(tokens);
  }

  /**
   * An answer came, whether it is any good or not: what it did not use is given back. When nobody
   * tells what it used, that is nothing.
   */
  void settle(ChatCall call, ChatAnswer answer) {
    settle(call, answer, true);
  }

  private void settle(ChatCall call, ChatAnswer answer, boolean usable) {
    long reserved = call.reserved().getAndSet(0);
    long used = answer.reportsUsage() ? answer.charged() : reserved;
    RateLimitObservation seen = seen(answer.rateLimits(), usable);
    settling(call, () -> quotas.settle(call.model(), reserved, used, seen));
    calibration.learn(call.model(), call.promptTokens(), answer.promptTokens());
  }

  /** The call was sent, and met a fault. */
  void release(ChatCall call, ProviderFault fault) {
    fault.paid().ifPresentOrElse(answer -> settle(call, answer, false), () -> ended(call, fault));
  }

  private void ended(ChatCall call, ProviderFault fault) {
    long reserved = call.reserved().getAndSet(0);
    settling(call, () -> ended(call, fault, reserved));
  }

  private void settling(ChatCall call, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warnf(
          "The quota of a call to %s could not be settled now; its answer counts, and the quota is settled later: %s",
          call.model(), e.getMessage());
    }
  }

  private void ended(ChatCall call, ProviderFault fault, long reserved) {
    switch (fault.kind()) {
      case THROTTLED -> quotas.throttled(call.model(), reserved, refusal((Throttled) fault));
      case OVERLOADED -> quotas.failed(call.model(), reserved, Charge.NONE);
      case UNREACHABLE, TIMED_OUT -> quotas.failed(call.model(), reserved, charge(fault));
      // Refused before it was admitted: nothing was used.
      case REFUSED, GONE, UNSUPPORTED -> quotas.refund(call.model(), 1, reserved);
      case TOO_LARGE -> {
        quotas.refund(call.model(), 1, reserved);
        ((TooLarge) fault).limit().ifPresent(limit -> quotas.tooLarge(call.model(), limit));
      }
      // Something was generated; how much is not told, but never more than was reserved.
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

  /** Gives back what a call holds that was never sent. */
  void release(ChatCall call) {
    long reserved = call.reserved().getAndSet(0);
    if (reserved > 0) {
      settling(call, () -> quotas.refund(call.model(), 1, reserved));
    }
  }

  private static RateLimitObservation seen(RateLimitHeaders headers, boolean usable) {
    return new RateLimitObservation(
        new RateLimitObservation.Reported(
            headers.requestsPerDay(), headers.remainingRequests(), headers.requestsFullIn()),
        new RateLimitObservation.Reported(
            headers.tokensPerMinute(), headers.remainingTokens(), headers.tokensFullIn()),
        usable);
  }

  private static ThrottleNotice refusal(Throttled fault) {
    return new ThrottleNotice(
        switch (fault.dimension()) {
          case RPM -> Optional.of(Dimension.RPM);
          case RPD -> Optional.of(Dimension.RPD);
          case TPM -> Optional.of(Dimension.TPM);
          case TPD -> Optional.of(Dimension.TPD);
          // Limits that have no bucket; the wait is kept all the same.
          case ITPM, OTPM, UNKNOWN -> Optional.empty();
        },
        fault.figures().map(Throttled.Figures::limit),
        fault.figures().map(Throttled.Figures::used),
        fault.waitTime());
  }
}
