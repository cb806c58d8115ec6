package io.burnish.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.simulator.Admission.Admitted;
import io.burnish.simulator.Admission.Throttled;
import io.burnish.simulator.Admission.TooLarge;
import io.burnish.simulator.Author.Draft;
import io.burnish.simulator.QuotaTerms.Headers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A chat completion from the request to the reply, without HTTP. Moments as in {@link Bucket}.
 * Thread-safe.
 */
final class Completions {

  private final Organization organization;
  private final PromptCache cache = new PromptCache();
  private final Script script;
  private final CallLog log;
  private final Clock clock;
  private volatile SimulatorSettings settings;
  private volatile Random random;

  Completions(SimulatorSettings settings, Script script, CallLog log, Clock clock) {
    this.settings = settings;
    this.script = script;
    this.log = log;
    this.clock = clock;
    this.organization = new Organization(settings.quota());
    this.random = new Random(settings.trouble().seed());
  }

  /** Other settings from now on; what was used of the limits stays used. */
  void change(SimulatorSettings changed, long now) {
    settings = changed;
    organization.agree(changed.quota(), now);
  }

  /** Everything from the start: full buckets, nothing cached, the same chance again. */
  void reset() {
    organization.forget();
    cache.forget();
    random = new Random(settings.trouble().seed());
  }

  /** What was used of each model's limits. */
  Map<String, ModelQuota> quotas() {
    return organization.quotas();
  }

  /** One call, as it comes to be known. */
  private record Call(
      Instant at, ChatBody body, List<String> records, Optional<Misbehaviour> wrong) {

    SimulatedCall witnessed(int status, boolean admitted, Usage usage) {
      return new SimulatedCall(
          at, body.model(), records, wrong, status, admitted, Optional.empty(), usage);
    }

    SimulatedCall refused(int status, Dimension by) {
      return new SimulatedCall(
          at, body.model(), records, wrong, status, false, Optional.of(by), Usage.NONE);
    }

    boolean goes(Misbehaviour kind) {
      return wrong.filter(kind::equals).isPresent();
    }
  }

  /** Takes a call. What is refused is over at once; what is admitted takes its time. */
  Turn take(Caller caller, String text, long now) {
    ChatBody body = ChatBody.read(text);
    List<String> records = body.records().stream().map(JsonNode::toString).toList();
    Optional<Misbehaviour> wrong =
        script
            .misbehaviour(body.model(), records)
            .or(() -> settings.trouble().faults().draw(random));
    Call call = new Call(clock.instant(), body, records, wrong);
    log.came();
    return beforeTheLimits(caller, call, now)
        .map(this::askingToWait)
        .map(reply -> ended(call.witnessed(reply.status(), false, Usage.NONE), reply))
        .orElseGet(() -> admit(call, now));
  }

  private Optional<Reply> beforeTheLimits(Caller caller, Call call, long now) {
    Manner manner = settings.manner();
    String model = call.body().model();
    if (settings.trouble().isDown(Outage.Kind.OVERLOADED, now)) {
      return Optional.of(ErrorBodies.overloaded(model));
    }
    return caller
        .problem()
        .or(() -> call.wrong().flatMap(kind -> Faults.atTheDoor(kind, model)))
        .or(() -> manner.checks() ? checked(call.body(), manner) : Optional.empty());
  }

  private static Optional<Reply> checked(ChatBody body, Manner manner) {
    String model = body.model();
    if (manner.decommissioned().contains(KnownModel.bare(model))) {
      return Optional.of(ErrorBodies.decommissioned(model));
    }
    if (manner.unknownModels() == Manner.UnknownModels.REFUSE
        && KnownModel.named(model).isEmpty()) {
      return Optional.of(ErrorBodies.notFound(model));
    }
    return RequestCheck.problem(body, KnownModel.orUsual(model), manner.maxOutputOf(model));
  }

  private Turn admit(Call call, long now) {
    ChatBody body = call.body();
    Author author = new Author(settings.manner());
    int prefix = author.prefixTokens(body);
    int prompt = prefix + author.restTokens(body);
    ModelQuota quota = organization.quota(body.model());
    Admission admission = quota.admit(prompt + body.maxTokens().orElse(0), now);
    if (admission instanceof Throttled full) {
      Reply reply =
          settings.quota().reasons()
              ? ErrorBodies.throttled(body.model(), full)
              : ErrorBodies.throttledSilently();
      return ended(call.refused(429, full.dimension()), reply.with(headers(quota, now)));
    }
    if (admission instanceof TooLarge large) {
      Reply reply = ErrorBodies.tooLarge(body.model(), large);
      return ended(call.refused(413, large.dimension()), reply.with(headers(quota, now)));
    }
    int cached =
        settings.manner().caching()
            ? cache.remembered(body.model(), body.prefix(), prefix, now)
            : 0;
    Draft draft = author.write(body, call.wrong());
    Usage usage = new Usage(prompt, cached, draft.completion(), draft.reasoning());
    return generate(
        call, draft, usage, new Reserved(quota, (Admitted) admission, headers(quota, now)));
  }

  /** What a call holds of the limits until it is settled. */
  private record Reserved(ModelQuota quota, Admitted admitted, Map<String, String> headers) {}

  private Turn generate(Call call, Draft draft, Usage usage, Reserved reserved) {
    Manner manner = settings.manner();
    Duration delay =
        call.goes(Misbehaviour.SLOW)
            ? manner.slow()
            : manner.latency().of(draft.completion(), random);
    return new Turn(
        delay,
        now -> {
          Reply reply = askingToWait(reply(call, draft, usage));
          Usage charged = isCharged(call, reply) ? usage : Usage.NONE;
          reserved.quota().settle(reserved.admitted().reserved(), charged.charged(), now);
          cache.remember(call.body().model(), call.body().prefix(), now);
          boolean hangsUp = call.goes(Misbehaviour.HANG_UP);
          log.add(call.witnessed(hangsUp ? 0 : reply.status(), true, charged));
          Map<String, String> headers =
              settings.quota().headers() == Headers.ADMISSION
                  ? reserved.headers()
                  : headers(reserved.quota(), now);
          return hangsUp ? Optional.empty() : Optional.of(reply.with(headers));
        });
  }

  private static Reply reply(Call call, Draft draft, Usage usage) {
    String model = call.body().model();
    Optional<Reply> fault = call.wrong().flatMap(kind -> Faults.of(kind, model, draft.content()));
    boolean onPurpose = call.goes(Misbehaviour.TRUNCATED);
    if (fault.isEmpty() && !draft.isWhole() && call.body().wantsJson() && !onPurpose) {
      return ErrorBodies.ranOutOfTokens();
    }
    return fault.orElseGet(
        () -> Envelope.completion(model, draft.content(), draft.finishReason(), usage));
  }

  private Reply askingToWait(Reply reply) {
    Duration wait = settings.trouble().overloadWait();
    boolean overloaded = reply.status() == 498 || reply.status() == 503;
    return overloaded && !wait.isZero() ? ErrorBodies.askingToWait(reply, wait) : reply;
  }

  /** Errors of the server are not charged for (Source: Groq error-codes page, read 2026-11). */
  private static boolean isCharged(Call call, Reply reply) {
    return reply.status() < 500 && !call.goes(Misbehaviour.ERROR_WITH_200);
  }

  private Map<String, String> headers(ModelQuota quota, long now) {
    return settings.quota().headers() == Headers.OFF ? Map.of() : quota.headers(now);
  }

  private Turn ended(SimulatedCall call, Reply reply) {
    return new Turn(
        Duration.ZERO,
        now -> {
          log.add(call);
          return Optional.of(reply);
        });
  }
}
