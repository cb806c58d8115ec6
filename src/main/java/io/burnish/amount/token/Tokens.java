package io.burnish.amount.token;

import io.burnish.amount.text.NormalText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of one text, in their order. For one thread. */
public final class Tokens {

  /** What a token is. */
  public enum Type {
    /** A number in one notation; its readings may be none. */
    NUMBER,
    /** Letters. */
    WORD,
    /** One character that is neither letter nor digit. */
    SIGN,
    /** A link or mail address; nothing in it is read. */
    LINK,
    /** The end of a line. */
    LINE_END
  }

  /** Fewer than most texts have, so that the arrays need not grow. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private static final char LAST_ASCII = '\u007F';

  private final NormalText text;
  private Type[] types;
  private int[] starts;
  private int[] ends;
  private int[] words;
  private int[] stems;
  private boolean[] priceMarks;
  private @Nullable Object[] readings;
  private int[] lasts;
  private int count;

  Tokens(NormalText text) {
    this.text = text;
    int capacity = 16 + text.length() / CHARACTERS_PER_TOKEN;
    types = new Type[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
    words = new int[capacity];
    stems = new int[capacity];
    priceMarks = new boolean[capacity];
    readings = new Object[capacity];
    lasts = new int[capacity];
  }

  void add(Type type, int start, int end, int word) {
    addWord(type, start, end, word, word);
  }

  /**
   * @param stem the word without its prefix; the word itself if it has none
   */
  void addWord(Type type, int start, int end, int word, int stem) {
    if (count == types.length) {
      int capacity = count * 2;
      types = Arrays.copyOf(types, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      words = Arrays.copyOf(words, capacity);
      stems = Arrays.copyOf(stems, capacity);
      priceMarks = Arrays.copyOf(priceMarks, capacity);
      readings = Arrays.copyOf(readings, capacity);
      lasts = Arrays.copyOf(lasts, capacity);
    }
    types[count] = type;
    starts[count] = start;
    ends[count] = end;
    words[count] = word;
    stems[count] = stem;
    lasts[count] = count;
    count++;
  }

  void addNumber(int start, int end, Set<BigDecimal> values, boolean priceMark) {
    add(Type.NUMBER, start, end, Vocabulary.UNKNOWN);
    readings[count - 1] = values;
    priceMarks[count - 1] = priceMark;
  }

  /** Makes one number of those tokens. */
  public void merge(int first, int last, Set<BigDecimal> values, boolean priceMark) {
    ends[first] = ends[last];
    lasts[first] = last;
    readings[first] = values;
    priceMarks[first] = priceMark;
    for (int i = first + 1; i <= last; i++) {
      types[i] = Type.LINK;
      words[i] = Vocabulary.UNKNOWN;
      stems[i] = Vocabulary.UNKNOWN;
      starts[i] = ends[last];
      ends[i] = ends[last];
    }
  }

  /** Whether there are letters at all. */
  public boolean hasWords() {
    for (int i = 0; i < count; i++) {
      if (types[i] == Type.WORD) {
        return true;
      }
    }
    return false;
  }

  /** The last token of a number that was made of several; the token itself for all others. */
  public int last(int index) {
    return lasts[index];
  }

  /** The number of tokens. */
  public int count() {
    return count;
  }

  /** The text that was split. */
  public NormalText text() {
    return text;
  }

  /** Whether the token is of this type; false outside the text. */
  public boolean is(int index, Type type) {
    return index >= 0 && index < count && types[index] == type;
  }

  /** Whether the token is a number. */
  public boolean isNumber(int index) {
    return is(index, Type.NUMBER);
  }

  /** Where the token begins in the text. */
  public int start(int index) {
    return starts[index];
  }

  /** Where the token ends in the text, exclusive. */
  public int end(int index) {
    return ends[index];
  }

  /** The length of the token in characters. */
  public int length(int index) {
    return ends[index] - starts[index];
  }

  /**
   * The word's number in the vocabulary, with its prefix; unknown for numbers and ends of lines.
   */
  public int word(int index) {
    return words[index];
  }

  /** The id of its stem in the vocabulary. */
  public int stem(int index) {
    return stems[index];
  }

  /** The values that the number may have. */
  @SuppressWarnings("unchecked")
  public Set<BigDecimal> readings(int index) {
    Object values = readings[index];
    return values == null ? Set.of() : (Set<BigDecimal>) values;
  }

  /** Whether the number is written as a price. */
  public boolean hasPriceMark(int index) {
    return priceMarks[index];
  }

  /** Whether this token follows the one before directly. */
  public boolean isAdjacent(int index) {
    return index > 0 && index < count && starts[index] == ends[index - 1];
  }

  /** Whether the token is that sign. */
  public boolean isSign(int index, char sign) {
    return is(index, Type.SIGN) && text.charAt(starts[index]) == sign;
  }

  /** Whether the token is the sign of a currency; ¢ counts hundredths. */
  public boolean isCurrencySign(int index) {
    if (!is(index, Type.SIGN)) {
      return false;
    }
    char sign = text.charAt(starts[index]);
    return sign < LAST_ASCII
        ? sign == '$'
        : sign != '¢' && Character.getType(sign) == Character.CURRENCY_SYMBOL;
  }

  /** Whether the token is struck through. */
  public boolean isStruck(int index) {
    return text.isStruck(starts[index]);
  }

  /** The whole number that a token is, if it is one of at most four digits; -1 for all else. */
  public int smallNumber(int index) {
    if (!isNumber(index) || length(index) > 4) {
      return -1;
    }
    int value = 0;
    for (int i = starts[index]; i < ends[index]; i++) {
      if (!NumberScanner.isDigit(text.charAt(i))) {
        return -1;
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }
}
