package io.burnish.amount.token;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The words of the lexicon, numbered. A look-up makes no string. Not changed after the lexicon is
 * loaded.
 */
public final class Vocabulary {

  /** The number of a word that is not in the lexicon. */
  public static final int UNKNOWN = -1;

  private char[][] words = new char[1 << 3][];
  private int size;
  private int[] hashes = new int[1 << 3];
  private int[] table = new int[1 << 4];
  private final BitSet prefixes = new BitSet();

  /** The number of a folded word; a new number if the word is new. */
  public int add(String word) {
    char[] chars = word.toCharArray();
    int known = find(chars, 0, chars.length);
    if (known != UNKNOWN) {
      return known;
    }
    if (size == words.length) {
      words = Arrays.copyOf(words, size * 2);
      hashes = new int[size * 2];
      table = new int[size * 4];
      for (int id = 0; id < size; id++) {
        put(id);
      }
    }
    words[size] = chars;
    put(size);
    return size++;
  }

  /** Adds letters that a language attaches to the following word. */
  public void addPrefixes(String letters) {
    letters.chars().forEach(prefixes::set);
  }

  /** Whether a language attaches the letter to the following word. */
  boolean isPrefix(char letter) {
    return prefixes.get(letter);
  }

  /** The number of the word in those characters, or {@link #UNKNOWN}. */
  int find(char[] text, int start, int end) {
    int hash = hash(text, start, end);
    int slot = hash & (table.length - 1);
    while (table[slot] != 0) {
      int id = table[slot] - 1;
      if (hashes[id] == hash && equal(words[id], text, start, end)) {
        return id;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return UNKNOWN;
  }

  private void put(int id) {
    char[] chars = words[id];
    hashes[id] = hash(chars, 0, chars.length);
    int slot = hashes[id] & (table.length - 1);
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = id + 1;
  }

  private static boolean equal(char[] word, char[] text, int start, int end) {
    return Arrays.equals(word, 0, word.length, text, start, end);
  }

  private static int hash(char[] text, int start, int end) {
    int hash = 7;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text[i];
    }
    return hash ^ (hash >>> 15);
  }
}
