package io.burnish.amount;

import java.util.Arrays;

/**
 * A text in one spelling, without markup: its characters, where each came from, and which of them
 * are struck through or were capitals.
 */
final class NormalText {

  private static final byte STRUCK = 1;
  private static final byte CAPITAL = 2;

  private char[] chars;
  private int[] starts;
  private int[] ends;
  private byte[] marks;
  private int length;

  NormalText(int capacity) {
    chars = new char[capacity + 16];
    starts = new int[capacity + 16];
    ends = new int[capacity + 16];
    marks = new byte[capacity + 16];
  }

  int length() {
    return length;
  }

  char charAt(int index) {
    return chars[index];
  }

  /** The character, or a line's end where there is none. */
  char peek(int index) {
    return index >= 0 && index < length ? chars[index] : Folding.LINE_END;
  }

  char[] chars() {
    return chars;
  }

  String substring(int start, int end) {
    return new String(chars, start, end - start);
  }

  /** Where the character begins in the original text. */
  int originalStart(int index) {
    return starts[index];
  }

  /** Where the characters before that index end in the original text. */
  int originalEnd(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  boolean isStruck(int index) {
    return (marks[index] & STRUCK) != 0;
  }

  boolean isCapital(int index) {
    return (marks[index] & CAPITAL) != 0;
  }

  void append(char c, int start, int end, boolean struck, boolean capital) {
    if (length == chars.length) {
      int capacity = length + (length >> 1) + 16;
      chars = Arrays.copyOf(chars, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      marks = Arrays.copyOf(marks, capacity);
    }
    chars[length] = c;
    starts[length] = start;
    ends[length] = end;
    marks[length] = (byte) ((struck ? STRUCK : 0) | (capital ? CAPITAL : 0));
    length++;
  }

  void strike(int from) {
    for (int i = from; i < length; i++) {
      marks[i] |= STRUCK;
    }
  }
}
