package io.burnish.simulator;

import java.util.Map;

/** How a body is sent. */
enum Transfer {
  /** As it is, with its length. */
  PLAIN,
  /** Compressed, and said so, though nobody asked for it (Source: quarkus 26981, read 2026-11). */
  GZIP,
  /** Behind blanks, which JSON allows, without a length. */
  PADDED,
  /** A byte a second. */
  TRICKLE;

  private static final Map<InjectedFault, Transfer> BY_KIND =
      Map.of(
          InjectedFault.GZIP, GZIP,
          InjectedFault.HUGE_BODY, PADDED,
          InjectedFault.TRICKLE, TRICKLE);

  /** The way of a kind of misbehaviour; plain for every other. */
  static Transfer of(InjectedFault kind) {
    return BY_KIND.getOrDefault(kind, PLAIN);
  }
}
