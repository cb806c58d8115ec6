package io.burnish.quota;

/**
 * What this replica has reserved of a model and not settled.
 *
 * @param holder names the replica
 * @param calls in flight; 0 or more
 * @param tokens reserved for them; 0 or more
 */
record OpenReservations(String holder, double calls, double tokens) {

  /** Nothing is reserved, by a replica without a name. */
  static final OpenReservations NOTHING = new OpenReservations("", 0, 0);
}
