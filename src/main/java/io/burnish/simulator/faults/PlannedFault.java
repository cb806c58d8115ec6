package io.burnish.simulator.faults;

import java.util.function.Predicate;

/**
 * What is to go wrong with a call.
 *
 * @param kind how
 * @param about with which of its records, as JSON; heeded by {@link InjectedFault#STUBBORN} alone
 */
public record PlannedFault(InjectedFault kind, Predicate<String> about) {

  /** With the whole call. */
  public static PlannedFault of(InjectedFault kind) {
    return new PlannedFault(kind, record -> true);
  }
}
