package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.AnswerGenerator.Draft;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.Oddities;
import io.burnish.simulator.faults.UsageReport;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.http.TransferMode;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.wire.CompletionBody;
import io.burnish.simulator.wire.ErrorBodies;
import java.util.Map;
import java.util.Optional;

/** Makes the reply to a call that was admitted. Stateless. */
final class ReplyFactory {

  private static final Map<InjectedFault, TransferMode> TRANSFER_MODES =
      Map.of(
          InjectedFault.GZIP, TransferMode.GZIP,
          InjectedFault.HUGE_BODY, TransferMode.PADDED,
          InjectedFault.TRICKLE, TransferMode.TRICKLE);

  private ReplyFactory() {}

  /** The error that the call ends with, or the completion, in the shape it is to have. */
  static Reply reply(Call call, Draft draft, TokenUsage usage, Oddities oddities) {
    Optional<Reply> failure = FaultReplies.failure(call, oddities, draft.content());
    if (failure.isPresent()) {
      return failure.get();
    }
    if (!draft.isWhole() && call.body().wantsJson() && !isCutOnPurpose(call)) {
      return ErrorBodies.ranOutOfTokens();
    }
    ObjectNode body =
        CompletionBody.completion(call.model(), draft.content(), draft.finishReason(), usage);
    CompletionShape.change(body, call, draft);
    usageTold(call, oddities).in(body);
    return Reply.json(200, body).sent(transferMode(call));
  }

  private static TransferMode transferMode(Call call) {
    return call.kind()
        .map(kind -> TRANSFER_MODES.getOrDefault(kind, TransferMode.PLAIN))
        .orElse(TransferMode.PLAIN);
  }

  private static boolean isCutOnPurpose(Call call) {
    return call.goes(InjectedFault.TRUNCATED) || call.goes(InjectedFault.THINK_UNCLOSED);
  }

  private static UsageReport usageTold(Call call, Oddities oddities) {
    return call.kind().map(kind -> UsageReport.of(kind, oddities.usage())).orElse(oddities.usage());
  }

  /** Errors of the server are not charged for (Source: Groq error-codes page, read 2026-11). */
  static boolean isCharged(Call call, Reply reply) {
    return reply.status() < 500 && !call.goes(InjectedFault.ERROR_WITH_200);
  }
}
