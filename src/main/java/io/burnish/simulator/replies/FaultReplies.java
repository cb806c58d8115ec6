package io.burnish.simulator.replies;

import io.burnish.simulator.calls.Call;
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

/** The replies of faults that concern the whole call. Stateless. */
public final class FaultReplies {

  /** What a reply depends on. */
  private record Context(Call call, Oddities oddities, String content) {

    String model() {
      return call.model();
    }

    /** The first half of the text, which is not a document. */
    String half() {
      return content.substring(0, content.length() / 2);
    }
  }

  private static final Map<InjectedFault, Function<Context, Reply>> REPLIES =
      Map.ofEntries(
          Map.entry(
              InjectedFault.THROTTLED,
              c ->
                  ErrorBodies.throttled(
                      c.model(), OverLimit.of(LimitDimension.TPM, 8_000, 7_500, 633))),
          Map.entry(
              InjectedFault.THROTTLED_FOR_LONG,
              c ->
                  ErrorBodies.throttled(
                      c.model(), OverLimit.of(LimitDimension.TPD, 200_000, 199_000, 14_178))),
          Map.entry(
              InjectedFault.TOO_LARGE,
              c ->
                  ErrorBodies.tooLarge(
                      c.model(), new NeverFits(LimitDimension.TPM, 8_000, 11_285))),
          Map.entry(InjectedFault.NO_CAPACITY, c -> ErrorBodies.noCapacity()),
          Map.entry(InjectedFault.SERVER_ERROR, c -> ErrorBodies.serverError()),
          Map.entry(InjectedFault.BAD_GATEWAY, c -> ErrorBodies.badGateway()),
          Map.entry(InjectedFault.OVERLOADED, c -> ErrorBodies.overloaded(c.model())),
          Map.entry(InjectedFault.KEY_REFUSED, c -> ErrorBodies.keyRefused()),
          Map.entry(
              InjectedFault.REQUEST_REFUSED,
              c -> ErrorBodies.invalid("'temperature' : value must be at most 2")),
          Map.entry(InjectedFault.DECOMMISSIONED, c -> ErrorBodies.decommissioned(c.model())),
          Map.entry(InjectedFault.MODEL_NOT_FOUND, c -> ErrorBodies.notFound(c.model())),
          Map.entry(InjectedFault.TERMS_REQUIRED, c -> ErrorBodies.termsRequired(c.model())),
          Map.entry(
              InjectedFault.JSON_VALIDATE_FAILED, c -> ErrorBodies.jsonValidateFailed(c.content())),
          Map.entry(InjectedFault.RAN_OUT_OF_TOKENS, c -> ErrorBodies.ranOutOfTokens()),
          Map.entry(InjectedFault.ERROR_WITH_200, c -> ErrorBodies.errorWith200()),
          Map.entry(
              InjectedFault.OUTPUT_PARSE_FAILED, c -> GatewayErrors.outputParseFailed(c.content())),
          Map.entry(
              InjectedFault.OUTPUT_PARSE_FAILED_BAD,
              c -> GatewayErrors.outputParseFailed(c.half())),
          Map.entry(InjectedFault.TOOL_USE_FAILED, c -> GatewayErrors.toolUseFailed(c.content())),
          Map.entry(
              InjectedFault.BAD_REQUEST, c -> GatewayErrors.badRequest(c.oddities().badRequest())),
          Map.entry(InjectedFault.CONTENT_FILTER, c -> GatewayErrors.contentFilter()),
          Map.entry(InjectedFault.THROTTLED_IN_200, c -> GatewayErrors.throttledIn200()),
          Map.entry(InjectedFault.CREDIT_LIMIT, c -> GatewayErrors.creditLimit()),
          Map.entry(InjectedFault.INSUFFICIENT_QUOTA, c -> GatewayErrors.insufficientQuota()),
          Map.entry(InjectedFault.CLOUDFLARE_1015, c -> GatewayErrors.cloudflare1015()),
          Map.entry(InjectedFault.CAPTIVE_PAGE, c -> GatewayErrors.captivePage()),
          Map.entry(InjectedFault.NO_CONTENT, c -> GatewayErrors.noContent()),
          Map.entry(InjectedFault.REDIRECT, c -> GatewayErrors.redirect()));

  private FaultReplies() {}

  /** The reply to a request with a refused field; empty if it has none. */
  public static Optional<Reply> fieldRefusal(Call call, Oddities oddities) {
    return oddities.refusedFields().stream()
        .flatMap(field -> field.problem(call.body().json()).stream())
        .findFirst();
  }

  /** The reply of a call that is refused before the limits are checked. */
  public static Optional<Reply> refusal(Call call, Oddities oddities) {
    return call.has(InjectedFault.DISLIKED_FIELD)
        ? fieldRefusal(call, oddities).or(() -> RefusedField.firstOptional(call.body().json()))
        : of(FaultStage.REFUSAL, new Context(call, oddities, ""));
  }

  /** The reply of a call that fails after its admission. */
  static Optional<Reply> failure(Call call, Oddities oddities, String goodContent) {
    return of(FaultStage.FAILURE, new Context(call, oddities, goodContent));
  }

  private static Optional<Reply> of(FaultStage stage, Context context) {
    return context
        .call()
        .kind()
        .filter(kind -> kind.stage() == stage)
        .map(REPLIES::get)
        .map(reply -> reply.apply(context));
  }
}
