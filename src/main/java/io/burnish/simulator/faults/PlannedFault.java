package io.burnish.simulator.faults;

import java.util.function.Predicate;

/**
 * The fault of a call.
 *
 * @param kind which
 * @param about the records that it concerns, as JSON; a fault of the whole call does not ask
 */
public record PlannedFault(InjectedFault kind, Predicate<String> about) {

  /** A fault of the whole call. */
  public static PlannedFault of(InjectedFault kind) {
    return new PlannedFault(kind, record -> true);
  }
}
