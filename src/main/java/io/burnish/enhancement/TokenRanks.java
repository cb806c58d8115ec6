package io.burnish.enhancement;

import com.knuddels.jtokkit.Encodings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The tokens of o200k by their bytes. The rank of a token is its place in the vocabulary; of two
 * pairs of neighbours, the one of the lower rank is merged first. Some 4 MB; immutable and
 * thread-safe.
 */
final class TokenRanks {

  /** The rank of bytes that are no token: higher than any. */
  static final int NONE = Integer.MAX_VALUE;

  /** The vocabulary, a token a line: its bytes in Base64, and its rank. It is in the library. */
  private static final String FILE = "o200k_base.tiktoken";

  /** Tokens of o200k. */
  private static final int TOKENS = 199_998;

  /** Some three of five slots are free. */
  private static final int SLOT_BITS = 19;

  /** 2³² divided by the golden ratio, which spreads hashes that are near each other (Knuth 6.4). */
  private static final int SPREAD = 0x9E3779B9;

  private static final int FREE = -1;

  /** The bytes of all tokens, by rank. */
  private final byte[] bytes;

  /** Where in {@code bytes} the token of each rank begins, and where the last one ends. */
  private final int[] starts = new int[TOKENS + 1];

  /** Ranks by the hash of their bytes; of equal hashes, one is in the next free slot. */
  private final int[] slots = new int[1 << SLOT_BITS];

  /**
   * Reads the vocabulary.
   *
   * @throws IllegalStateException if the library has another one
   */
  TokenRanks() {
    byte[] read = new byte[1 << 21];
    Arrays.fill(slots, FREE);
    int rank = 0;
    try (InputStream file = Encodings.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from jtokkit");
      }
      var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        if (rank == TOKENS || Integer.parseInt(line.substring(space + 1)) != rank) {
          throw new IllegalStateException(FILE + ": unexpected line " + (rank + 1));
        }
        byte[] token = Base64.getDecoder().decode(line.substring(0, space));
        System.arraycopy(token, 0, read, starts[rank], token.length);
        starts[rank + 1] = starts[rank] + token.length;
        slots[slot(read, starts[rank], starts[rank + 1], read)] = rank;
        rank++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
    if (rank < TOKENS) {
      throw new IllegalStateException(FILE + " has " + rank + " tokens only");
    }
    bytes = Arrays.copyOf(read, starts[TOKENS]);
  }

  /** The rank of the token of these bytes, or {@link #NONE}. */
  int of(byte[] text, int from, int to) {
    int rank = slots[slot(text, from, to, bytes)];
    return rank == FREE ? NONE : rank;
  }

  /** The slot that has the token of these bytes, or the free one where it would be. */
  private int slot(byte[] text, int from, int to, byte[] tokens) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = hash * SPREAD >>> Integer.SIZE - SLOT_BITS;
    while (slots[slot] != FREE && !isToken(slots[slot], text, from, to, tokens)) {
      slot = (slot + 1) % slots.length;
    }
    return slot;
  }

  private boolean isToken(int rank, byte[] text, int from, int to, byte[] tokens) {
    return Arrays.equals(tokens, starts[rank], starts[rank + 1], text, from, to);
  }
}
