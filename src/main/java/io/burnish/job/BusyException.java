package io.burnish.job;

/** As many jobs are being stored as this replica can take, and none came to an end in time. */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException(int atOnce) {
    super("%d jobs are being stored just now; try again in a while".formatted(atOnce));
  }
}
