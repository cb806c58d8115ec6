package io.burnish.estimate;

import io.burnish.record.Fingerprint;
import java.util.Arrays;

/**
 * Fingerprints by their first 64 bits, so that those of two million records take 64 MB at most. Two
 * different ones count as the same with a probability of one in ten million for such a batch. For
 * one thread.
 */
final class FingerprintSet {

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int HEX_DIGITS = 16;
  private static final int HEX = 16;

  private long[] slots = new long[FIRST_CAPACITY];
  private int size;

  /** Adds a fingerprint; whether it was not there. */
  boolean add(Fingerprint fingerprint) {
    long bits = Long.parseUnsignedLong(fingerprint.hex().substring(0, HEX_DIGITS), HEX);
    // 0 marks a free slot.
    boolean added = put(slots, bits == 0 ? 1 : bits);
    if (added && ++size > slots.length / 2) {
      grow();
    }
    return added;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    Arrays.stream(slots).filter(bits -> bits != 0).forEach(bits -> put(larger, bits));
    slots = larger;
  }

  /** The bits are those of a hash, so any of them choose a slot. */
  private static boolean put(long[] slots, long bits) {
    int at = (int) bits & slots.length - 1;
    while (slots[at] != 0) {
      if (slots[at] == bits) {
        return false;
      }
      at = at + 1 & slots.length - 1;
    }
    slots[at] = bits;
    return true;
  }
}
