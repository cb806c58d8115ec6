package io.burnish.simulator.http;

/** How a body is sent. */
public enum TransferMode {
  /** As it is, with its length. */
  PLAIN,
  /** Compressed, and said so, though nobody asked for it (Source: quarkus 26981, read 2026-11). */
  GZIP,
  /** Behind blanks, which JSON allows, without a length. */
  PADDED,
  /** A byte a second. */
  TRICKLE
}
