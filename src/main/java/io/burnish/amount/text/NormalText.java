package io.burnish.amount.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text in one spelling, without markup. Knows the original place of each character, and which
 * characters are struck through or were capitals. For one thread.
 */
public final class NormalText {

  /** A blank that does not end a number, e.g. between thousands. */
  public static final char NO_BREAK = '\u00A0';

  /** The end of a line. */
  public static final char LINE_END = '\n';

  /** Separates digits of two tags. */
  public static final char SEAM = '\u2063';

  private static final byte STRUCK = 1;
  private static final byte CAPITAL = 2;

  private char[] chars;
  private byte[] marks;

  /** Original places; null as long as each character is at its original place. */
  private int @Nullable [] starts;

  private int @Nullable [] ends;
  private int length;

  NormalText(int capacity) {
    chars = new char[capacity + 16];
    marks = new byte[capacity + 16];
  }

  /** How many characters it has. */
  public int length() {
    return length;
  }

  /**
   * A character.
   *
   * @param index within the text
   */
  public char charAt(int index) {
    return chars[index];
  }

  /** The character; the end of a line if the index is outside the text. */
  public char peek(int index) {
    return index >= 0 && index < length ? chars[index] : LINE_END;
  }

  /** The characters, not copied; those after {@link #length} mean nothing. */
  public char[] chars() {
    return chars;
  }

  /** The characters from one index to before another. */
  public String substring(int start, int end) {
    return new String(chars, start, end - start);
  }

  /** The index of the character in the original text. */
  public int originalStart(int index) {
    return starts == null ? index : starts[index];
  }

  /** The index in the original text after the characters before that index. */
  public int originalEnd(int index) {
    return index == 0 || ends == null ? index : ends[index - 1];
  }

  /** Whether the character is struck through. */
  public boolean isStruck(int index) {
    return (marks[index] & STRUCK) != 0;
  }

  /** Whether the character was a capital in the original text. */
  public boolean isCapital(int index) {
    return (marks[index] & CAPITAL) != 0;
  }

  /**
   * Adds a character.
   *
   * @param start its index in the original text
   * @param end the index after it
   */
  void append(char c, int start, int end, boolean struck, boolean capital) {
    if (length == chars.length) {
      int capacity = length + (length >> 1) + 16;
      chars = Arrays.copyOf(chars, capacity);
      marks = Arrays.copyOf(marks, capacity);
      if (starts != null && ends != null) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
      }
    }
    if (starts == null && (start != length || end != length + 1)) {
      keepPlaces();
    }
    if (starts != null && ends != null) {
      starts[length] = start;
      ends[length] = end;
    }
    chars[length] = c;
    marks[length] = (byte) ((struck ? STRUCK : 0) | (capital ? CAPITAL : 0));
    length++;
  }

  private void keepPlaces() {
    starts = new int[chars.length];
    ends = new int[chars.length];
    for (int i = 0; i < length; i++) {
      starts[i] = i;
      ends[i] = i + 1;
    }
  }

  /** Strikes through the characters from that index on. */
  void strike(int from) {
    for (int i = from; i < length; i++) {
      marks[i] |= STRUCK;
    }
  }

  /** The value of a superscript digit; -1 for other characters. */
  public static int superscript(char c) {
    return switch (c) {
      case '⁰' -> 0;
      case '¹' -> 1;
      case '²' -> 2;
      case '³' -> 3;
      default -> c >= '⁴' && c <= '⁹' ? c - '⁴' + 4 : -1;
    };
  }
}
