package io.burnish.attempt;

import io.burnish.attempt.CallAttempt.Listener;
import io.burnish.budget.TokenUse;
import io.burnish.ledger.LedgerEntry;
import io.burnish.models.call.CallGuard;
import io.burnish.models.call.ChatCall;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The guard of the calls about a pack.
 *
 * @param pack what they are about
 * @param listener decides
 */
record PackGuard(Pack pack, Listener listener) implements CallGuard {

  @Override
  public boolean holdsLease() {
    return listener.holdsLease();
  }

  @Override
  public boolean mayAsk(String model) {
    return listener.mayAsk(model, pack.items());
  }

  /**
   * Reserves for the next HTTP call, and for the earlier ones what they used.
   *
   * @throws OverBudgetException when the budget of a job does not allow it
   */
  @Override
  public void reserve(ChatCall call, long promptTokens, long completionTokens) {
    List<TokenUse> calls =
        Stream.concat(
                call.calls().stream().map(made -> used(LedgerEntries.entry(made, pack.items()))),
                Stream.of(new TokenUse(call.model(), promptTokens, completionTokens)))
            .toList();
    Set<UUID> over = listener.reserve(pack.items(), calls);
    if (!over.isEmpty()) {
      throw new OverBudgetException(over);
    }
  }

  private static TokenUse used(LedgerEntry made) {
    return new TokenUse(made.model(), made.promptTokens(), made.completionTokens());
  }
}
