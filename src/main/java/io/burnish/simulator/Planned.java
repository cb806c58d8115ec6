package io.burnish.simulator;

import java.util.function.Predicate;

/**
 * What is to go wrong with a call.
 *
 * @param kind how
 * @param about with which of its records, as JSON; heeded by {@link Misbehaviour#STUBBORN} alone
 */
record Planned(Misbehaviour kind, Predicate<String> about) {

  /** With the whole call. */
  static Planned of(Misbehaviour kind) {
    return new Planned(kind, record -> true);
  }
}
