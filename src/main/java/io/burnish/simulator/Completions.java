package io.burnish.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.simulator.AnswerGenerator.Draft;
import io.burnish.simulator.faults.FaultScript;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.Outage;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.limits.AdmissionDecision;
import io.burnish.simulator.limits.AdmissionDecision.Admitted;
import io.burnish.simulator.limits.AdmissionDecision.NeverFits;
import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import io.burnish.simulator.limits.Bucket;
import io.burnish.simulator.limits.ModelBuckets;
import io.burnish.simulator.limits.Organization;
import io.burnish.simulator.limits.QuotaTerms.Headers;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.PromptCache;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.wire.Caller;
import io.burnish.simulator.wire.ChatBody;
import io.burnish.simulator.wire.ErrorBodies;
import io.burnish.simulator.wire.RequestValidation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chat completion from the request to the reply, without HTTP. Moments as in {@link Bucket}.
 * Thread-safe.
 */
final class Completions {

  private static final int NO_STATUS = 0;

  private final Organization organization;
  private final PromptCache cache = new PromptCache();
  private final FaultSelector plans;
  private final CallLog log;
  private final Clock clock;
  private volatile SimulatorSettings settings;

  Completions(SimulatorSettings settings, FaultScript script, CallLog log, Clock clock) {
    this.settings = settings;
    this.plans = new FaultSelector(script, settings);
    this.log = log;
    this.clock = clock;
    this.organization = new Organization(settings.quota());
  }

  /** Other settings from now on; what was used of the limits stays used. */
  void change(SimulatorSettings changed, long now) {
    settings = changed;
    plans.change(changed);
    organization.agree(changed.quota(), now);
  }

  /** Everything from the start: full buckets, nothing cached, the same chance again. */
  void reset() {
    organization.forget();
    cache.forget();
    plans.reset();
  }

  /** What was used of each model's limits. */
  Map<String, ModelBuckets> quotas() {
    return organization.quotas();
  }

  /** Takes a call. What is refused is over at once; what is admitted takes its time. */
  PendingReply take(Caller caller, String text, long now) {
    ChatBody body = ChatBody.read(text);
    List<String> records = body.records().stream().map(JsonNode::toString).toList();
    Call asked = new Call(clock.instant(), body, records, Optional.empty());
    Call call = asked.with(plans.planned(asked, caller, now));
    log.came();
    if (call.goes(InjectedFault.HANG_UP_IDLE)) {
      log.add(call.witnessed(NO_STATUS, false, TokenUsage.NONE));
      return new PendingReply(Duration.ZERO, then -> Optional.empty());
    }
    return beforeTheLimits(caller, call, now)
        .map(this::askingToWait)
        .map(reply -> ended(call.witnessed(reply.status(), false, TokenUsage.NONE), reply))
        .orElseGet(() -> admit(call, now));
  }

  private Optional<Reply> beforeTheLimits(Caller caller, Call call, long now) {
    Behaviour behaviour = settings.behaviour();
    if (settings.faults().isDown(Outage.Kind.OVERLOADED, now)) {
      return Optional.of(ErrorBodies.overloaded(call.model()));
    }
    return caller
        .problem()
        .or(() -> FaultReplies.refusal(call, behaviour.oddities()))
        .or(() -> behaviour.checks() ? checked(call.body(), behaviour) : Optional.empty());
  }

  private static Optional<Reply> checked(ChatBody body, Behaviour behaviour) {
    String model = body.model();
    if (behaviour.models().isDecommissioned(model)) {
      return Optional.of(ErrorBodies.decommissioned(model));
    }
    if (behaviour.models().isMissing(model)) {
      return Optional.of(ErrorBodies.notFound(model));
    }
    return RequestValidation.problem(
        body, KnownModel.orUsual(model), behaviour.models().maxOutputOf(model));
  }

  private PendingReply admit(Call call, long now) {
    ChatBody body = call.body();
    AnswerGenerator author = new AnswerGenerator(settings.behaviour());
    int prefix = author.prefixTokens(body);
    int prompt = prefix + author.restTokens(body);
    ModelBuckets quota = organization.quota(body.model());
    AdmissionDecision admission = quota.admit(prompt + body.maxTokens().orElse(0), now);
    if (admission instanceof OverLimit full) {
      Reply reply =
          settings.quota().reasons()
              ? ErrorBodies.throttled(body.model(), full)
              : ErrorBodies.throttledSilently();
      return ended(call.refused(429, full.dimension()), reply.with(headers(quota, now)));
    }
    if (admission instanceof NeverFits large) {
      Reply reply = ErrorBodies.tooLarge(body.model(), large);
      return ended(call.refused(413, large.dimension()), reply.with(headers(quota, now)));
    }
    int cached =
        settings.behaviour().caching()
            ? cache.remembered(body.model(), body.prefix(), prefix, now)
            : 0;
    Draft draft = author.write(call);
    TokenUsage usage =
        CompletionShape.isUnwritten(call)
            ? new TokenUsage(prompt, cached, 0, 0)
            : new TokenUsage(prompt, cached, draft.completion(), draft.reasoning());
    return generate(
        call, draft, usage, new Reserved(quota, (Admitted) admission, headers(quota, now)));
  }

  /** What a call holds of the limits until it is settled. */
  private record Reserved(ModelBuckets quota, Admitted admitted, Map<String, String> headers) {}

  private PendingReply generate(Call call, Draft draft, TokenUsage usage, Reserved reserved) {
    Behaviour behaviour = settings.behaviour();
    Duration delay =
        call.goes(InjectedFault.SLOW) || behaviour.oddities().isSlow(call.records().size())
            ? behaviour.oddities().slow()
            : behaviour.latency().of(draft.completion(), plans.random());
    return new PendingReply(
        delay,
        now -> {
          Reply reply = askingToWait(ReplyFactory.reply(call, draft, usage, behaviour.oddities()));
          TokenUsage charged = ReplyFactory.isCharged(call, reply) ? usage : TokenUsage.NONE;
          reserved.quota().settle(reserved.admitted().reserved(), charged.charged(), now);
          cache.remember(call.body().model(), call.body().prefix(), now);
          boolean hangsUp = call.goes(InjectedFault.HANG_UP);
          log.add(call.witnessed(hangsUp ? NO_STATUS : reply.status(), true, charged));
          Map<String, String> headers =
              settings.quota().headers() == Headers.ADMISSION
                  ? reserved.headers()
                  : headers(reserved.quota(), now);
          return hangsUp ? Optional.empty() : Optional.of(reply.with(headers));
        });
  }

  private Reply askingToWait(Reply reply) {
    Duration wait = settings.faults().overloadWait();
    boolean overloaded = reply.status() == 498 || reply.status() == 503;
    return overloaded && !wait.isZero() ? ErrorBodies.askingToWait(reply, wait) : reply;
  }

  private Map<String, String> headers(ModelBuckets quota, long now) {
    return quota.headers(settings.quota().headers(), now);
  }

  private PendingReply ended(SimulatedCall call, Reply reply) {
    return new PendingReply(
        Duration.ZERO,
        now -> {
          log.add(call);
          return Optional.of(reply);
        });
  }
}
