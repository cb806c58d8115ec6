package io.burnish.simulator;

import java.util.function.Predicate;

/**
 * What is to go wrong with a call.
 *
 * @param kind how
 * @param about with which of its records, as JSON; heeded by {@link InjectedFault#STUBBORN} alone
 */
record Planned(InjectedFault kind, Predicate<String> about) {

  /** With the whole call. */
  static Planned of(InjectedFault kind) {
    return new Planned(kind, record -> true);
  }
}
