package io.burnish.amount;

import io.burnish.amount.Tokens.Type;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The phrase that speaks of an amount: the nearest one on either side, past currencies, dashes and
 * small words. Looks at a bounded number of tokens.
 */
final class Neighbours {

  private static final int MOST_STEPS = 8;
  private static final int NEAR = 6;
  private static final int MOST_BEFORE_LOWER = 5;
  private static final Set<Meaning> OWN_WORDS = EnumSet.of(Meaning.CURRENCY, Meaning.PERCENT);
  private static final Set<Meaning> DATES = EnumSet.of(Meaning.DATE);

  private final Tokens tokens;
  private final Marks marks;
  private final @Nullable Mark[] reaching;

  Neighbours(Tokens tokens, Marks marks) {
    this.tokens = tokens;
    this.marks = marks;
    reaching = new Mark[tokens.count()];
    marks.all().forEach(this::reach);
  }

  /** Notes a phrase such as "milk … #" at the tokens it may speak of. */
  private void reach(Mark mark) {
    int limit = mark.last() + mark.phrase().reach();
    for (int at = mark.last() + 1; at <= limit && at < tokens.count(); at++) {
      if (marks.endsSentence(at)) {
        return;
      }
      reaching[at] = mark;
    }
  }

  /** What is said before the amount, if it is one of those meanings. */
  @Nullable Meaning before(Found amount, Set<Meaning> wanted) {
    int at = amount.first - 1;
    boolean apart = !tokens.isGlued(amount.first);
    for (int steps = 0; steps < MOST_STEPS && at >= 0; steps++) {
      Mark said = longest(marks.endingAt(at), wanted, true, apart || steps > 0, amount);
      if (said != null) {
        return said.meaning();
      }
      int next = skippedBefore(at);
      if (next == at) {
        break;
      }
      at = next;
    }
    Mark far = amount.first == 0 ? null : reaching[amount.first - 1];
    far = far == null && amount.first < tokens.count() ? reaching[amount.first] : far;
    return far != null && wanted.contains(far.meaning()) ? far.meaning() : null;
  }

  /** What is said after the amount, if it is one of those meanings. */
  @Nullable Meaning after(Found amount, Set<Meaning> wanted) {
    int at = amount.last + 1;
    boolean apart = !tokens.isGlued(at);
    if (tokens.isSign(at, '.') && !apart && wanted.contains(Meaning.DATE)) {
      return any(marks.beginningAt(at + 1), DATES) ? Meaning.DATE : null;
    }
    for (int steps = 0; steps < MOST_STEPS && at < tokens.count(); steps++) {
      Mark said = longest(marks.beginningAt(at), wanted, false, apart || steps > 0, amount);
      if (said != null && (steps == 0 || !said.has(Meaning.UNIT) || tokens.isSign(at - 1, '-'))) {
        return said.meaning();
      }
      int next = skippedAfter(at);
      if (next == at) {
        return null;
      }
      at = next;
    }
    return null;
  }

  /** Whether a phrase of those meanings stands within six tokens on either side. */
  boolean near(Found amount, Set<Meaning> wanted) {
    for (int i = 1; i <= NEAR; i++) {
      if (any(marks.endingAt(amount.first - i), wanted)
          || any(marks.beginningAt(amount.last + i), wanted)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether another amount is said to be taken off directly before, as in "$10 off your $50 order".
   */
  boolean followsWhatIsTakenOff(Found amount) {
    int at = amount.first - 1;
    for (int steps = 0; steps < MOST_STEPS && at >= 0; steps++) {
      for (Mark mark : marks.endingAt(at)) {
        if (mark.has(Meaning.TAKEN_OFF)
            && Marks.speaksOfBefore(mark)
            && endsAmount(mark.first() - 1)) {
          return true;
        }
      }
      int next = fillerBefore(at);
      if (next == at) {
        return false;
      }
      at = next;
    }
    return false;
  }

  private boolean endsAmount(int token) {
    if (tokens.isNumber(token) || tokens.isCurrencySign(token) || tokens.isSign(token, '%')) {
      return true;
    }
    return any(marks.endingAt(token), OWN_WORDS);
  }

  private @Nullable Mark longest(
      List<Mark> candidates,
      Set<Meaning> wanted,
      boolean numberAfter,
      boolean apart,
      Found amount) {
    Mark longest = null;
    for (Mark mark : candidates) {
      boolean side = numberAfter ? speaksOfAfter(mark) : Marks.speaksOfBefore(mark);
      if (side
          && !(mark.phrase().glued() && apart)
          && continues(mark, amount)
          && (numberAfter || !isStartOfLonger(mark, candidates))
          && (longest == null || mark.last() - mark.first() > longest.last() - longest.first())) {
        longest = wanted.contains(mark.meaning()) ? mark : longest;
      }
    }
    return longest;
  }

  /** "instead" of "instead of" speaks of what follows. */
  private static boolean isStartOfLonger(Mark mark, List<Mark> candidates) {
    for (Mark other : candidates) {
      if (other.last() > mark.last() && other.phrase().side() == Phrase.Side.AFTER) {
        return true;
      }
    }
    return false;
  }

  /** Whether the words that the phrase needs behind the number are there, and a lower number. */
  private boolean continues(Mark mark, Found amount) {
    int at = amount.last + 1;
    for (Phrase.Element word : mark.phrase().then()) {
      if (!(word instanceof Phrase.Element.Word wanted)
          || at >= tokens.count()
          || (tokens.word(at) != wanted.word() && tokens.stem(at) != wanted.word())) {
        return false;
      }
      at++;
    }
    return mark.phrase().then().isEmpty() || isLower(at, amount);
  }

  private boolean isLower(int from, Found amount) {
    for (int at = from; at < from + MOST_BEFORE_LOWER && at < tokens.count(); at++) {
      if (tokens.isNumber(at)) {
        return tokens.readings(at).stream()
            .anyMatch(lower -> amount.readings.stream().allMatch(x -> lower.compareTo(x) < 0));
      }
    }
    return false;
  }

  /** A phrase of either side speaks of the amount before it, if there is one. */
  private boolean speaksOfAfter(Mark mark) {
    return Marks.speaksOfAfter(mark)
        && (mark.phrase().side() == Phrase.Side.AFTER || !endsAmount(mark.first() - 1));
  }

  private int skippedBefore(int at) {
    int filler = fillerBefore(at);
    if (filler != at) {
      return filler;
    }
    if (tokens.is(at, Type.SIGN)) {
      char sign = tokens.text().charAt(tokens.start(at));
      boolean passed = ":-(~*\"'=>[".indexOf(sign) >= 0 || tokens.isCurrencySign(at);
      return passed ? at - 1 : at;
    }
    if (tokens.is(at, Type.LINE_END) && tokens.isSign(at - 1, ':')) {
      return at - 1;
    }
    return at;
  }

  /** Past small words, currencies, and letters that a language writes onto a number. */
  private int fillerBefore(int at) {
    int next = at;
    for (Mark mark : marks.endingAt(at)) {
      if (mark.has(Meaning.FILLER) || mark.has(Meaning.CURRENCY)) {
        next = Math.min(next, mark.first() - 1);
      }
    }
    if (next == at && tokens.isCurrencySign(at)) {
      return at - 1;
    }
    return next == at && isPrefixAlone(at) ? at - 1 : next;
  }

  /** Whether only small words stand from one token to another. */
  boolean areFillers(int from, int to) {
    for (int at = from; at < to; at++) {
      boolean small =
          tokens.isSign(at, '-')
              || isPrefixAlone(at)
              || (tokens.is(at, Type.WORD) && tokens.length(at) == 1)
              || marks.beginningAt(at).stream()
                  .anyMatch(mark -> mark.has(Meaning.FILLER) || mark.has(Meaning.RANGE));
      if (!small) {
        return false;
      }
    }
    return true;
  }

  boolean isPrefixAlone(int token) {
    if (!tokens.is(token, Type.WORD) || tokens.length(token) > 2) {
      return false;
    }
    for (int i = tokens.start(token); i < tokens.end(token); i++) {
      if (tokens.text().charAt(i) < '\u0590') {
        return false;
      }
    }
    return tokens.isGlued(token + 1);
  }

  private int skippedAfter(int at) {
    int next = at;
    for (Mark mark : marks.beginningAt(at)) {
      if (mark.has(Meaning.FILLER) || mark.has(Meaning.CURRENCY)) {
        next = Math.max(next, mark.last() + 1);
      }
    }
    if (next != at || !tokens.is(at, Type.SIGN)) {
      return next;
    }
    char sign = tokens.text().charAt(tokens.start(at));
    boolean dash = sign == '-' && !tokens.isNumber(at + 1);
    return ")*\"']".indexOf(sign) >= 0 || dash ? at + 1 : at;
  }

  private static boolean any(List<Mark> marks, Set<Meaning> wanted) {
    for (Mark mark : marks) {
      if (wanted.contains(mark.meaning())) {
        return true;
      }
    }
    return false;
  }
}
