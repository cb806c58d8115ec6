package io.burnish.amount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the lexicon by number, looked up without making strings. Written while the lexicon
 * is read, and only read from then on.
 */
final class Vocabulary {

  /** Of a word that is not in the lexicon. */
  static final int UNKNOWN = -1;

  private final List<char[]> words = new ArrayList<>();
  private int[] hashes = new int[1 << 3];
  private int[] table = new int[1 << 4];
  private String prefixes = "";

  /** The number of that folded word, which is new if need be. */
  int add(String word) {
    char[] chars = word.toCharArray();
    int known = find(chars, 0, chars.length);
    if (known != UNKNOWN) {
      return known;
    }
    words.add(chars);
    if (words.size() * 2 > table.length) {
      table = new int[table.length * 2];
      hashes = Arrays.copyOf(hashes, table.length / 2);
      for (int id = 0; id < words.size(); id++) {
        put(id);
      }
    } else {
      put(words.size() - 1);
    }
    return words.size() - 1;
  }

  /** Letters that a language writes onto the following word. */
  void addPrefixes(String letters) {
    prefixes += letters;
  }

  /** Whether such a letter. */
  boolean isPrefix(char letter) {
    return prefixes.indexOf(letter) >= 0;
  }

  int size() {
    return words.size();
  }

  /** The number of the word in those characters, or {@link #UNKNOWN}. */
  int find(char[] text, int start, int end) {
    int hash = hash(text, start, end);
    int slot = hash & (table.length - 1);
    while (table[slot] != 0) {
      int id = table[slot] - 1;
      if (hashes[id] == hash && equal(words.get(id), text, start, end)) {
        return id;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return UNKNOWN;
  }

  private void put(int id) {
    char[] chars = words.get(id);
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
