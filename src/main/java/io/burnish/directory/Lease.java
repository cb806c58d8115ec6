package io.burnish.directory;

import io.burnish.job.directory.WriteBackTry;
import io.burnish.job.directory.WriteBacks;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The lease of a write-back, prolonged while it is in progress. Used by one thread. */
final class Lease {

  /** A sixth of the lease, so that some prolongations may fail. */
  private static final Duration EVERY = WriteBacks.LEASE.dividedBy(6);

  private final WriteBacks writeBacks;
  private final WriteBackTry current;
  private final BooleanSupplier stopping;
  private long prolongedAt = System.nanoTime();

  Lease(WriteBacks writeBacks, WriteBackTry current, BooleanSupplier stopping) {
    this.writeBacks = writeBacks;
    this.current = current;
    this.stopping = stopping;
  }

  /**
   * Called for each record: prolongs the lease from time to time.
   *
   * @throws LostLeaseException when it is lost, or the process stops
   */
  void keep() {
    if (System.nanoTime() - prolongedAt > EVERY.toNanos()) {
      require();
    }
  }

  /**
   * Called before a file becomes visible.
   *
   * @throws LostLeaseException when it is lost, or the process stops
   */
  void require() {
    if (stopping.getAsBoolean() || !writeBacks.prolong(current)) {
      throw new LostLeaseException();
    }
    prolongedAt = System.nanoTime();
  }
}
