package io.burnish.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.simulator.calls.Call;
import io.burnish.simulator.calls.CallLog;
import io.burnish.simulator.calls.SimulatedCall;
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
import io.burnish.simulator.limits.QuotaSettings.Headers;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.PromptCache;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.replies.AnswerGenerator;
import io.burnish.simulator.replies.AnswerGenerator.Generation;
import io.burnish.simulator.replies.CompletionShape;
import io.burnish.simulator.replies.FaultReplies;
import io.burnish.simulator.replies.PendingReply;
import io.burnish.simulator.replies.ReplyFactory;
import io.burnish.simulator.settings.Behaviour;
import io.burnish.simulator.settings.SimulatorSettings;
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
 * A chat completion from the request to the reply, without HTTP. Times as in {@link Bucket}.
 * Thread-safe.
 */
final class Completions {

  private static final int NO_STATUS = 0;

  private final Organization organization;
  private final PromptCache cache = new PromptCache();
  private final FaultSelector faultSelector;
  private final CallLog log;
  private final Clock clock;
  private volatile SimulatorSettings settings;

  Completions(SimulatorSettings settings, FaultScript script, CallLog log, Clock clock) {
    this.settings = settings;
    this.faultSelector = new FaultSelector(script, settings);
    this.log = log;
    this.clock = clock;
    this.organization = new Organization(settings.quota());
  }

  /** Applies other settings; what was used of the limits stays used. */
  void change(SimulatorSettings changed, long now) {
    settings = changed;
    faultSelector.change(changed);
    organization.change(changed.quota(), now);
  }

  /** Starts over: full buckets, an empty prompt cache, the first random numbers. */
  void reset() {
    organization.clear();
    cache.clear();
    faultSelector.reset();
  }

  /** The buckets of each model. */
  Map<String, ModelBuckets> quotas() {
    return organization.buckets();
  }

  /** Accepts a call. A rejected call is finished at once; an admitted one after its latency. */
  PendingReply accept(Caller caller, String text, long now) {
    ChatBody body = ChatBody.read(text);
    List<String> records = body.records().stream().map(JsonNode::toString).toList();
    Call received = new Call(clock.instant(), body, records, Optional.empty());
    Call call = received.withFault(faultSelector.select(received, caller, now));
    log.started();
    if (call.has(InjectedFault.HANG_UP_IDLE)) {
      log.add(call.logged(NO_STATUS, false, TokenUsage.NONE));
      return new PendingReply(Duration.ZERO, then -> Optional.empty());
    }
    return rejection(caller, call, now)
        .map(this::withRetryAfter)
        .map(reply -> immediately(call.logged(reply.status(), false, TokenUsage.NONE), reply))
        .orElseGet(() -> admit(call, now));
  }

  private Optional<Reply> rejection(Caller caller, Call call, long now) {
    Behaviour behaviour = settings.behaviour();
    if (settings.faults().isDown(Outage.Kind.OVERLOADED, now)) {
      return Optional.of(ErrorBodies.overloaded(call.model()));
    }
    return caller
        .problem()
        .or(() -> FaultReplies.refusal(call, behaviour.oddities()))
        .or(() -> behaviour.checks() ? validate(call.body(), behaviour) : Optional.empty());
  }

  private static Optional<Reply> validate(ChatBody body, Behaviour behaviour) {
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
    AnswerGenerator generator = new AnswerGenerator(settings.behaviour());
    int prefix = generator.prefixTokens(body);
    int prompt = prefix + generator.restTokens(body);
    ModelBuckets quota = organization.bucketsOf(body.model());
    AdmissionDecision admission = quota.admit(prompt + body.maxTokens().orElse(0), now);
    if (admission instanceof OverLimit over) {
      Reply reply =
          settings.quota().reasons()
              ? ErrorBodies.throttled(body.model(), over)
              : ErrorBodies.throttledWithoutReason();
      return immediately(call.refused(429, over.dimension()), reply.with(headers(quota, now)));
    }
    if (admission instanceof NeverFits large) {
      Reply reply = ErrorBodies.tooLarge(body.model(), large);
      return immediately(call.refused(413, large.dimension()), reply.with(headers(quota, now)));
    }
    int cached =
        settings.behaviour().caching()
            ? cache.cachedTokens(body.model(), body.prefix(), prefix, now)
            : 0;
    Generation generation = generator.write(call);
    TokenUsage usage =
        CompletionShape.isUnwritten(call)
            ? new TokenUsage(prompt, cached, 0, 0)
            : new TokenUsage(prompt, cached, generation.completion(), generation.reasoning());
    return generate(
        call, generation, usage, new Reserved(quota, (Admitted) admission, headers(quota, now)));
  }

  /** The reservation of a call until it is settled. */
  private record Reserved(ModelBuckets quota, Admitted admitted, Map<String, String> headers) {}

  private PendingReply generate(
      Call call, Generation generation, TokenUsage usage, Reserved reserved) {
    Behaviour behaviour = settings.behaviour();
    Duration delay =
        call.has(InjectedFault.SLOW) || behaviour.oddities().isSlow(call.records().size())
            ? behaviour.oddities().slow()
            : behaviour.latency().of(generation.completion(), faultSelector.random());
    return new PendingReply(
        delay,
        now -> {
          Reply reply =
              withRetryAfter(ReplyFactory.reply(call, generation, usage, behaviour.oddities()));
          TokenUsage charged = ReplyFactory.isCharged(call, reply) ? usage : TokenUsage.NONE;
          reserved.quota().settle(reserved.admitted().reserved(), charged.charged(), now);
          cache.add(call.body().model(), call.body().prefix(), now);
          boolean isClosed = call.has(InjectedFault.HANG_UP);
          log.add(call.logged(isClosed ? NO_STATUS : reply.status(), true, charged));
          Map<String, String> headers =
              settings.quota().headers() == Headers.ADMISSION
                  ? reserved.headers()
                  : headers(reserved.quota(), now);
          return isClosed ? Optional.empty() : Optional.of(reply.with(headers));
        });
  }

  private Reply withRetryAfter(Reply reply) {
    Duration wait = settings.faults().overloadWait();
    boolean overloaded = reply.status() == 498 || reply.status() == 503;
    return overloaded && !wait.isZero() ? ErrorBodies.withRetryAfter(reply, wait) : reply;
  }

  private Map<String, String> headers(ModelBuckets quota, long now) {
    return quota.headers(settings.quota().headers(), now);
  }

  private PendingReply immediately(SimulatedCall call, Reply reply) {
    return new PendingReply(
        Duration.ZERO,
        now -> {
          log.add(call);
          return Optional.of(reply);
        });
  }
}
