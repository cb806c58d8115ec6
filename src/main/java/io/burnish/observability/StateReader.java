package io.burnish.observability;

/** Reads gauges when metrics are scraped. */
interface StateReader {

  /** Adds values; what is not known now is left out. Must not wait for the database. */
  void read(Readings readings);
}
