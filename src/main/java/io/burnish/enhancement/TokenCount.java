package io.burnish.enhancement;

import java.nio.charset.StandardCharsets;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts tokens with o200k, the tokenizer of gpt-oss (Source: gpt-oss model card, read 2026-11).
 * The count of a provider differs a little and is learned from its answers (see {@code models}).
 * The library's own count needs 30 MB for its tables (ADR 15). Thread-safe.
 */
final class TokenCount {

  /**
   * The pieces of a text; no token spans two (Source: tiktoken, {@code openai_public.py}, read
   * 2026-11).
   */
  private static final Pattern PIECE =
      Pattern.compile(
          String.join(
              "|",
              "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
                  + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
              "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
                  + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
              "\\p{N}{1,3}",
              " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
              "\\s*[\\r\\n]+",
              "\\s+(?!\\S)",
              "\\s+"),
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final TokenRanks RANKS = new TokenRanks();

  private TokenCount() {}

  /** Tokens of a text. */
  static int of(String text) {
    int tokens = 0;
    for (Matcher piece = PIECE.matcher(text); piece.find(); ) {
      byte[] bytes = piece.group().getBytes(StandardCharsets.UTF_8);
      tokens += RANKS.of(bytes, 0, bytes.length) == TokenRanks.NONE ? merged(bytes) : 1;
    }
    return tokens;
  }

  /**
   * Tokens of a piece that is none itself: each byte is a part at first, and as long as two
   * neighbours make a token, those of the lowest rank become one part, the leftmost first. The time
   * grows with the length and its logarithm.
   */
  private static int merged(byte[] piece) {
    int length = piece.length;
    // Where the part that begins at a byte ends (0: none begins there), and where one that ends
    // begins.
    int[] end = new int[length];
    int[] start = new int[length + 1];
    PriorityQueue<Long> pairs = new PriorityQueue<>(length);
    for (int i = 0; i < length; i++) {
      end[i] = i + 1;
      start[i + 1] = i;
    }
    for (int i = 2; i <= length; i++) {
      add(pairs, piece, i - 2, i);
    }
    int parts = length;
    for (Long pair = pairs.poll(); pair != null; pair = pairs.poll()) {
      int first = pair.intValue();
      int second = end[first];
      if (second == 0 || second == length || rank(pair) != RANKS.of(piece, first, end[second])) {
        continue; // One of the two has been merged with another since.
      }
      int after = end[second];
      end[first] = after;
      end[second] = 0;
      start[after] = first;
      parts--;
      if (first > 0) {
        add(pairs, piece, start[first], after);
      }
      if (after < length) {
        add(pairs, piece, first, end[after]);
      }
    }
    return parts;
  }

  /** Adds two neighbours that make a token, in the order in which they are merged. */
  private static void add(PriorityQueue<Long> pairs, byte[] piece, int from, int to) {
    int rank = RANKS.of(piece, from, to);
    if (rank != TokenRanks.NONE) {
      pairs.add((long) rank << Integer.SIZE | from);
    }
  }

  private static int rank(long pair) {
    return (int) (pair >> Integer.SIZE);
  }
}
