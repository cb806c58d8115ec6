package io.burnish.simulator;

import io.burnish.simulator.faults.FaultStage;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.Oddities;
import io.burnish.simulator.faults.RefusedField;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.limits.AdmissionDecision.NeverFits;
import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.wire.ErrorBodies;
import io.burnish.simulator.wire.GatewayErrors;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The replies that misbehaviours of the whole call are. Stateless. */
final class FaultReplies {

  /** What a reply may depend on. */
  private record Occasion(Call call, Oddities oddities, String content) {

    String model() {
      return call.model();
    }

    /** The first half of the text: no document. */
    String half() {
      return content.substring(0, content.length() / 2);
    }
  }

  private static final Map<InjectedFault, Function<Occasion, Reply>> REPLIES =
      Map.ofEntries(
          Map.entry(
              InjectedFault.THROTTLED,
              o ->
                  ErrorBodies.throttled(
                      o.model(), OverLimit.of(LimitDimension.TPM, 8_000, 7_500, 633))),
          Map.entry(
              InjectedFault.THROTTLED_FOR_LONG,
              o ->
                  ErrorBodies.throttled(
                      o.model(), OverLimit.of(LimitDimension.TPD, 200_000, 199_000, 14_178))),
          Map.entry(
              InjectedFault.TOO_LARGE,
              o ->
                  ErrorBodies.tooLarge(
                      o.model(), new NeverFits(LimitDimension.TPM, 8_000, 11_285))),
          Map.entry(InjectedFault.NO_CAPACITY, o -> ErrorBodies.noCapacity()),
          Map.entry(InjectedFault.SERVER_ERROR, o -> ErrorBodies.serverError()),
          Map.entry(InjectedFault.BAD_GATEWAY, o -> ErrorBodies.badGateway()),
          Map.entry(InjectedFault.OVERLOADED, o -> ErrorBodies.overloaded(o.model())),
          Map.entry(InjectedFault.KEY_REFUSED, o -> ErrorBodies.keyRefused()),
          Map.entry(
              InjectedFault.REQUEST_REFUSED,
              o -> ErrorBodies.invalid("'temperature' : value must be at most 2")),
          Map.entry(InjectedFault.DECOMMISSIONED, o -> ErrorBodies.decommissioned(o.model())),
          Map.entry(InjectedFault.MODEL_NOT_FOUND, o -> ErrorBodies.notFound(o.model())),
          Map.entry(InjectedFault.TERMS_REQUIRED, o -> ErrorBodies.termsRequired(o.model())),
          Map.entry(InjectedFault.JSON_VALIDATE_FAILED, o -> ErrorBodies.notGenerated(o.content())),
          Map.entry(InjectedFault.RAN_OUT_OF_TOKENS, o -> ErrorBodies.ranOutOfTokens()),
          Map.entry(InjectedFault.ERROR_WITH_200, o -> ErrorBodies.errorWith200()),
          Map.entry(
              InjectedFault.OUTPUT_PARSE_FAILED, o -> GatewayErrors.outputParseFailed(o.content())),
          Map.entry(
              InjectedFault.OUTPUT_PARSE_FAILED_BAD,
              o -> GatewayErrors.outputParseFailed(o.half())),
          Map.entry(InjectedFault.TOOL_USE_FAILED, o -> GatewayErrors.toolUseFailed(o.content())),
          Map.entry(
              InjectedFault.BAD_REQUEST, o -> GatewayErrors.badRequest(o.oddities().badRequest())),
          Map.entry(InjectedFault.CONTENT_FILTER, o -> GatewayErrors.contentFilter()),
          Map.entry(InjectedFault.THROTTLED_IN_200, o -> GatewayErrors.throttledIn200()),
          Map.entry(InjectedFault.CREDIT_LIMIT, o -> GatewayErrors.creditLimit()),
          Map.entry(InjectedFault.INSUFFICIENT_QUOTA, o -> GatewayErrors.insufficientQuota()),
          Map.entry(InjectedFault.CLOUDFLARE_1015, o -> GatewayErrors.cloudflare1015()),
          Map.entry(InjectedFault.CAPTIVE_PAGE, o -> GatewayErrors.captivePage()),
          Map.entry(InjectedFault.NO_CONTENT, o -> GatewayErrors.noContent()),
          Map.entry(InjectedFault.REDIRECT, o -> GatewayErrors.redirect()));

  private FaultReplies() {}

  /** What a provider with these dislikes says to a call; empty when it has none of the fields. */
  static Optional<Reply> disliked(Call call, Oddities oddities) {
    return oddities.refusedFields().stream()
        .flatMap(dislike -> dislike.problem(call.body().json()).stream())
        .findFirst();
  }

  /** The reply of a call that is refused before the limits are looked at. */
  static Optional<Reply> refusal(Call call, Oddities oddities) {
    return call.goes(InjectedFault.DISLIKED_FIELD)
        ? disliked(call, oddities).or(() -> RefusedField.firstOptional(call.body().json()))
        : of(FaultStage.REFUSAL, new Occasion(call, oddities, ""));
  }

  /** The reply of a call that fails after it was admitted. */
  static Optional<Reply> failure(Call call, Oddities oddities, String goodContent) {
    return of(FaultStage.FAILURE, new Occasion(call, oddities, goodContent));
  }

  private static Optional<Reply> of(FaultStage effect, Occasion occasion) {
    return occasion
        .call()
        .kind()
        .filter(kind -> kind.effect() == effect)
        .map(REPLIES::get)
        .map(reply -> reply.apply(occasion));
  }
}
