package io.burnish.amount;

/** Finds the currency that belongs to a number. */
final class Currencies {

  private final Tokens tokens;
  private final Marks marks;

  Currencies(Tokens tokens, Marks marks) {
    this.tokens = tokens;
    this.marks = marks;
  }

  /** The last token of the currency behind that token; -1 where there is none. */
  int after(int token) {
    int at = token < 0 ? 0 : tokens.last(token) + 1;
    while (tokens.isSign(at, '*')) {
      at++;
    }
    if (tokens.isCurrencySign(at)) {
      return belongsToNext(at, at) ? -1 : at;
    }
    int last = -1;
    for (Mark mark : marks.beginningAt(at)) {
      if (mark.has(Meaning.CURRENCY)
          && Marks.speaksOfBefore(mark)
          && (!mark.phrase().glued() || tokens.isGlued(at))
          && !belongsToNext(mark.first(), mark.last())) {
        last = Math.max(last, mark.last());
      }
    }
    return last;
  }

  /** The first token of the currency before that token; -1 where there is none. */
  int before(int token) {
    int at = token - 1;
    while (isBetween(at) && !endsCurrency(at)) {
      at--;
    }
    boolean apart = at != token - 1;
    if (tokens.isCurrencySign(at)) {
      return belongsToPrevious(at, at, token) ? -1 : withLetters(at);
    }
    int first = -1;
    for (Mark mark : marks.endingAt(at)) {
      if (mark.has(Meaning.CURRENCY)
          && Marks.speaksOfAfter(mark)
          && (!mark.phrase().glued() || (!apart && tokens.isGlued(token)))
          && !belongsToPrevious(mark.first(), mark.last(), token)) {
        first = first < 0 ? mark.first() : Math.min(first, mark.first());
      }
    }
    return first;
  }

  private boolean isBetween(int token) {
    return tokens.isSign(token, '-') || tokens.isSign(token, ':') || tokens.isSign(token, '.');
  }

  /** Whether the sign belongs to the currency, as the point of "Fr." does. */
  private boolean endsCurrency(int token) {
    return marks.endingAt(token).stream().anyMatch(mark -> mark.has(Meaning.CURRENCY));
  }

  /** US$ and R$ begin with their letters. */
  private int withLetters(int sign) {
    boolean letters =
        tokens.isGlued(sign)
            && tokens.is(sign - 1, Tokens.Type.WORD)
            && tokens.length(sign - 1) <= 3;
    return letters ? sign - 1 : sign;
  }

  private boolean belongsToNext(int first, int last) {
    return tokens.isNumber(last + 1) && tokens.isGlued(last + 1) && !tokens.isGlued(first);
  }

  private boolean belongsToPrevious(int first, int last, int number) {
    int before = first - 1;
    while (tokens.isSign(before, '*')) {
      before--;
    }
    if (!tokens.isNumber(before)) {
      return false;
    }
    boolean gluedToNumber = last == number - 1 && tokens.isGlued(number);
    return !gluedToNumber || tokens.isGlued(first);
  }
}
