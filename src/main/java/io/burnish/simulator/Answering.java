package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.AnswerGenerator.Draft;
import java.util.Optional;

/** Makes the reply to a call that was admitted. Stateless. */
final class Answering {

  private Answering() {}

  /** The error that the call ends with, or the completion, in the shape it is to have. */
  static Reply reply(Call call, Draft draft, Usage usage, Oddities oddities) {
    Optional<Reply> failure = Faults.failure(call, oddities, draft.content());
    if (failure.isPresent()) {
      return failure.get();
    }
    if (!draft.isWhole() && call.body().wantsJson() && !isCutOnPurpose(call)) {
      return ErrorBodies.ranOutOfTokens();
    }
    ObjectNode body =
        CompletionBody.completion(call.model(), draft.content(), draft.finishReason(), usage);
    Shape.change(body, call, draft);
    usageTold(call, oddities).in(body);
    return Reply.json(200, body).sent(call.kind().map(Transfer::of).orElse(Transfer.PLAIN));
  }

  private static boolean isCutOnPurpose(Call call) {
    return call.goes(InjectedFault.TRUNCATED) || call.goes(InjectedFault.THINK_UNCLOSED);
  }

  private static UsageTold usageTold(Call call, Oddities oddities) {
    return call.kind().map(kind -> UsageTold.of(kind, oddities.usage())).orElse(oddities.usage());
  }

  /** Errors of the server are not charged for (Source: Groq error-codes page, read 2026-11). */
  static boolean isCharged(Call call, Reply reply) {
    return reply.status() < 500 && !call.goes(InjectedFault.ERROR_WITH_200);
  }
}
