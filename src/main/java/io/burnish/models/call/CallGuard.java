package io.burnish.models.call;

/** Is asked before each HTTP call whether it may be sent. */
public interface CallGuard {

  /** Allows every call. */
  CallGuard NONE =
      new CallGuard() {
        @Override
        public boolean holdsLease() {
          return true;
        }

        @Override
        public boolean mayAsk(String model) {
          return true;
        }

        @Override
        public void reserve(ChatCall call, long promptTokens, long completionTokens) {}
      };

  /** Whether this worker still holds the records of the call. */
  boolean holdsLease();

  /** Whether the model may be asked about the records at all. */
  boolean mayAsk(String model);

  /**
   * Reserves what the next HTTP call may cost at most. What the earlier ones of the same call cost
   * is in {@link ChatCall#calls}, and not in the ledger yet.
   *
   * @param promptTokens most prompt tokens that the model may count
   * @param completionTokens most completion tokens
   * @throws RuntimeException when the call may not be sent; the gateway gives back the quota of the
   *     call and throws it on
   */
  void reserve(ChatCall call, long promptTokens, long completionTokens);
}
