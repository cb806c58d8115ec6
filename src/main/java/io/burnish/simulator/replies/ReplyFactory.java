package io.burnish.simulator.replies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.calls.Call;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.Oddities;
import io.burnish.simulator.faults.UsageReport;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.http.TransferMode;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.replies.AnswerGenerator.Generation;
import io.burnish.simulator.wire.CompletionBody;
import io.burnish.simulator.wire.ErrorBodies;
import java.util.Map;
import java.util.Optional;

/** Creates the reply to an admitted call. Stateless. */
public final class ReplyFactory {

  private static final Map<InjectedFault, TransferMode> TRANSFER_MODES =
      Map.of(
          InjectedFault.GZIP, TransferMode.GZIP,
          InjectedFault.HUGE_BODY, TransferMode.PADDED,
          InjectedFault.TRICKLE, TransferMode.TRICKLE);

  private ReplyFactory() {}

  /** The error of the call, or its completion in the shape that the fault requires. */
  public static Reply reply(Call call, Generation generation, TokenUsage usage, Oddities oddities) {
    Optional<Reply> failure = FaultReplies.failure(call, oddities, generation.content());
    if (failure.isPresent()) {
      return failure.get();
    }
    if (!generation.isWhole() && call.body().wantsJson() && !isTruncatedOnPurpose(call)) {
      return ErrorBodies.ranOutOfTokens();
    }
    ObjectNode body =
        CompletionBody.completion(
            call.model(), generation.content(), generation.finishReason(), usage);
    CompletionShape.apply(body, call, generation);
    usageReport(call, oddities).applyTo(body);
    return Reply.json(200, body).sent(transferMode(call));
  }

  private static TransferMode transferMode(Call call) {
    return call.kind()
        .map(kind -> TRANSFER_MODES.getOrDefault(kind, TransferMode.PLAIN))
        .orElse(TransferMode.PLAIN);
  }

  private static boolean isTruncatedOnPurpose(Call call) {
    return call.has(InjectedFault.TRUNCATED) || call.has(InjectedFault.THINK_UNCLOSED);
  }

  private static UsageReport usageReport(Call call, Oddities oddities) {
    return call.kind().map(kind -> UsageReport.of(kind, oddities.usage())).orElse(oddities.usage());
  }

  /** Server errors are not charged (Source: Groq error-codes page, read 2026-11). */
  public static boolean isCharged(Call call, Reply reply) {
    return reply.status() < 500 && !call.has(InjectedFault.ERROR_WITH_200);
  }
}
