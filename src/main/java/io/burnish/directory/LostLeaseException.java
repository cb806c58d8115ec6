package io.burnish.directory;

/**
 * The write-back is no longer this replica's: its lease expired, the job was retried or deleted, or
 * the process stops.
 */
final class LostLeaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LostLeaseException() {
    super("the lease of the write-back is lost");
  }
}
