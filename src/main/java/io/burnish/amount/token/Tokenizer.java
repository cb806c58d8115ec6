package io.burnish.amount.token;

import io.burnish.amount.text.NormalText;
import io.burnish.amount.token.Tokens.Type;

/** Cuts a text into numbers, words, signs and links. */
public final class Tokenizer {

  private static final int LONGEST_WORD = 40;

  private final NormalText text;
  private final Vocabulary vocabulary;
  private final Tokens tokens;
  private final NumberScanner numbers;

  private Tokenizer(NormalText text, Vocabulary vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
    tokens = new Tokens(text);
    numbers = new NumberScanner(text);
  }

  /** The tokens of a text; words that the vocabulary does not have are unknown. */
  public static Tokens tokens(NormalText text, Vocabulary vocabulary) {
    Tokenizer tokenizer = new Tokenizer(text, vocabulary);
    int at = 0;
    while (at < text.length()) {
      at = tokenizer.next(at);
    }
    return tokenizer.tokens;
  }

  private int next(int at) {
    char c = text.charAt(at);
    if (c == ' ' || c == NormalText.NO_BREAK || c == NormalText.SEAM) {
      return at + 1;
    }
    if (c == NormalText.LINE_END) {
      tokens.add(Type.LINE_END, at, at + 1, Vocabulary.UNKNOWN);
      return at + 1;
    }
    if (isPartOfNumber(at)) {
      int end = numbers.scan(at);
      tokens.addNumber(at, end, numbers.readings(), numbers.hasPriceMark());
      return end;
    }
    return Character.isLetter(c) ? word(at) : sign(at);
  }

  private boolean isPartOfNumber(int at) {
    char c = text.charAt(at);
    return (NumberScanner.isDigit(c) || c == '.' || c == ',') && numbers.startsAt(at);
  }

  private int sign(int at) {
    tokens.add(Type.SIGN, at, at + 1, vocabulary.find(text.chars(), at, at + 1));
    return at + 1;
  }

  private int word(int at) {
    char first = text.charAt(at);
    if (isIdeograph(first)) {
      int word = vocabulary.find(text.chars(), at, at + 1);
      tokens.add(Type.WORD, at, at + 1, word);
      return at + 1;
    }
    int end = endOfLetters(at);
    if (startsLink(at, end)) {
      int endOfLink = endOfLink(end);
      tokens.add(Type.LINK, at, endOfLink, Vocabulary.UNKNOWN);
      return endOfLink;
    }
    int word = find(at, end);
    if (word == Vocabulary.UNKNOWN && text.charAt(end - 1) == '\'') {
      end--;
      word = find(at, end);
    }
    tokens.addWord(Type.WORD, at, end, word, stem(at, end, word));
    return end;
  }

  private int find(int start, int end) {
    if (end - start > LONGEST_WORD) {
      return Vocabulary.UNKNOWN;
    }
    for (int i = start; i + 1 < end; i++) {
      if (text.charAt(i) == '\'' && text.charAt(i + 1) == '\'') {
        char[] spelled = text.substring(start, end).replace("''", "\"").toCharArray();
        return vocabulary.find(spelled, 0, spelled.length);
      }
    }
    return vocabulary.find(text.chars(), start, end);
  }

  /** The known word after a prefix of one to three letters; the word itself if there is none. */
  private int stem(int start, int end, int word) {
    for (int from = start; from < start + 3 && from < end - 2; from++) {
      if (!vocabulary.isPrefix(text.charAt(from))) {
        return word;
      }
      int stem = find(from + 1, end);
      if (stem != Vocabulary.UNKNOWN) {
        return stem;
      }
    }
    return word;
  }

  /** The end of a word: letters, and the quotes of Hebrew short forms and of "don't". */
  private int endOfLetters(int start) {
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isLatin(c) || isHebrew(c) || (Character.isLetter(c) && !isIdeograph(c))) {
        at++;
      } else if ((c == '\'' || c == '"') && isLetterAt(at + 1) && joins(at, c)) {
        at += 2;
      } else if (c == '\''
          && text.peek(at + 1) == '\''
          && isLetterAt(at + 2)
          && isHebrew(text.charAt(at - 1))) {
        at += 3;
      } else {
        boolean shortForm = c == '\'' && isHebrew(text.charAt(at - 1));
        return shortForm ? at + 1 : at;
      }
    }
    return at;
  }

  private boolean joins(int quote, char c) {
    return c == '\'' || isHebrew(text.charAt(quote - 1));
  }

  private static boolean isHebrew(char c) {
    return c >= 'א' && c <= 'ת';
  }

  private boolean isLetterAt(int at) {
    return at < text.length() && Character.isLetter(text.charAt(at));
  }

  private static boolean isIdeograph(char c) {
    return c >= '\u2E80' && c <= '\u9FFF' && Character.isIdeographic(c);
  }

  private boolean startsLink(int start, int end) {
    char next = text.peek(end);
    if (next == ':' && text.peek(end + 1) == '/' && text.peek(end + 2) == '/') {
      return true;
    }
    if (next == '@' && Character.isLetterOrDigit(text.peek(end + 1))) {
      return true;
    }
    if (next != '.' || !isLatin(text.charAt(start))) {
      return false;
    }
    if (end - start == 3 && text.substring(start, end).equals("www")) {
      return true;
    }
    return isAddressWithPath(end);
  }

  /** Whether this is an address such as shop.example.com/20-off: names, points, a slash. */
  private boolean isAddressWithPath(int point) {
    int at = point;
    while (text.peek(at) == '.' && isLatin(text.peek(at + 1)) && at - point < LONGEST_WORD) {
      at++;
      while (isInName(text.peek(at)) && at - point < LONGEST_WORD) {
        at++;
      }
    }
    return at > point && (text.peek(at) == '/' || text.peek(at) == '?');
  }

  private static boolean isInName(char c) {
    return isLatin(c) || NumberScanner.isDigit(c) || c == '-';
  }

  private int endOfLink(int from) {
    int at = from;
    while (at < text.length() && !endsLink(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean endsLink(char c) {
    return c == ' '
        || c == NormalText.NO_BREAK
        || c == NormalText.LINE_END
        || c == ')'
        || c == ']'
        || c == '>'
        || c == '<'
        || c == '"'
        || c == '|';
  }

  private static boolean isLatin(char c) {
    return c >= 'a' && c <= 'z';
  }
}
