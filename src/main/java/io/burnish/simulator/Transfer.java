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

  private static final Map<Misbehaviour, Transfer> BY_KIND =
      Map.of(
          Misbehaviour.GZIP, GZIP,
          Misbehaviour.HUGE_BODY, PADDED,
          Misbehaviour.TRICKLE, TRICKLE);

  /** The way of a kind of misbehaviour; plain for every other. */
  static Transfer of(Misbehaviour kind) {
    return BY_KIND.getOrDefault(kind, PLAIN);
  }
}
