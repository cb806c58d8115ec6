package io.burnish.simulator.http;

/** How a body is sent. */
public enum TransferMode {
  /** As it is, with its length. */
  PLAIN,
  /**
   * With {@code Content-Encoding: gzip}, although the client did not accept it (Source: quarkus
   * 26981, read 2026-11).
   */
  GZIP,
  /** After blanks, which JSON allows, without a length. */
  PADDED,
  /** One byte per second. */
  TRICKLE
}
