package io.burnish.quota.learn;

/**
 * The calls of a model that a replica has reserved and not settled.
 *
 * @param holder name of the replica
 * @param calls in flight; 0 or more
 * @param tokens reserved for them; 0 or more
 */
public record OpenReservations(String holder, double calls, double tokens) {

  /** No reservation, of a replica without a name. */
  public static final OpenReservations NONE = new OpenReservations("", 0, 0);
}
