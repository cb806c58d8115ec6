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
final class NumberContext {

  private static final int MOST_STEPS = 8;
  private static final int NEAR = 6;
  private static final int MOST_BEFORE_LOWER = 5;
  private static final Set<Meaning> OWN_WORDS = EnumSet.of(Meaning.CURRENCY, Meaning.PERCENT);
  private static final Set<Meaning> DATES = EnumSet.of(Meaning.DATE);

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final @Nullable PhraseMatch[] reaching;

  NumberContext(Tokens tokens, PhraseMatches matches) {
    this.tokens = tokens;
    this.matches = matches;
    reaching = new PhraseMatch[tokens.count()];
    matches.all().forEach(this::reach);
  }

  /** Notes a phrase such as "milk … #" at the tokens it may speak of. */
  private void reach(PhraseMatch match) {
    int limit = match.last() + match.phrase().reach();
    for (int at = match.last() + 1; at <= limit && at < tokens.count(); at++) {
      if (matches.endsSentence(at)) {
        return;
      }
      reaching[at] = match;
    }
  }

  /** What is said before the amount, if it is one of those meanings. */
  @Nullable Meaning before(DraftAmount amount, Set<Meaning> wanted) {
    int at = amount.first - 1;
    boolean apart = !tokens.isAdjacent(amount.first);
    for (int steps = 0; steps < MOST_STEPS && at >= 0; steps++) {
      PhraseMatch said = longest(matches.endingAt(at), wanted, true, apart || steps > 0, amount);
      if (said != null) {
        return said.meaning();
      }
      int next = skippedBefore(at);
      if (next == at) {
        break;
      }
      at = next;
    }
    PhraseMatch far = amount.first == 0 ? null : reaching[amount.first - 1];
    far = far == null && amount.first < tokens.count() ? reaching[amount.first] : far;
    return far != null && wanted.contains(far.meaning()) ? far.meaning() : null;
  }

  /** What is said after the amount, if it is one of those meanings. */
  @Nullable Meaning after(DraftAmount amount, Set<Meaning> wanted) {
    int at = amount.last + 1;
    boolean apart = !tokens.isAdjacent(at);
    if (tokens.isSign(at, '.') && !apart && wanted.contains(Meaning.DATE)) {
      return any(matches.beginningAt(at + 1), DATES) ? Meaning.DATE : null;
    }
    for (int steps = 0; steps < MOST_STEPS && at < tokens.count(); steps++) {
      PhraseMatch said = longest(matches.beginningAt(at), wanted, false, apart || steps > 0, amount);
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
  boolean near(DraftAmount amount, Set<Meaning> wanted) {
    for (int i = 1; i <= NEAR; i++) {
      if (any(matches.endingAt(amount.first - i), wanted)
          || any(matches.beginningAt(amount.last + i), wanted)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether another amount is said to be taken off directly before, as in "$10 off your $50 order".
   */
  boolean followsWhatIsTakenOff(DraftAmount amount) {
    int at = amount.first - 1;
    for (int steps = 0; steps < MOST_STEPS && at >= 0; steps++) {
      for (PhraseMatch match : matches.endingAt(at)) {
        if (match.has(Meaning.TAKEN_OFF)
            && match.followsNumber()
            && endsAmount(match.first() - 1)) {
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
    return any(matches.endingAt(token), OWN_WORDS);
  }

  private @Nullable PhraseMatch longest(
      List<PhraseMatch> candidates,
      Set<Meaning> wanted,
      boolean numberAfter,
      boolean apart,
      DraftAmount amount) {
    PhraseMatch longest = null;
    for (PhraseMatch match : candidates) {
      boolean side = numberAfter ? speaksOfAfter(match) : match.followsNumber();
      if (side
          && !(match.phrase().adjacent() && apart)
          && continues(match, amount)
          && (numberAfter || !isStartOfLonger(match, candidates))
          && (longest == null || match.last() - match.first() > longest.last() - longest.first())) {
        longest = wanted.contains(match.meaning()) ? match : longest;
      }
    }
    return longest;
  }

  /** "instead" of "instead of" speaks of what follows. */
  private static boolean isStartOfLonger(PhraseMatch match, List<PhraseMatch> candidates) {
    for (PhraseMatch other : candidates) {
      if (other.last() > match.last() && other.phrase().side() == Phrase.Side.AFTER) {
        return true;
      }
    }
    return false;
  }

  /** Whether the words that the phrase needs behind the number are there, and a lower number. */
  private boolean continues(PhraseMatch match, DraftAmount amount) {
    int at = amount.last + 1;
    for (Phrase.Element word : match.phrase().thenWords()) {
      if (!(word instanceof Phrase.Element.Word wanted)
          || at >= tokens.count()
          || (tokens.word(at) != wanted.word() && tokens.stem(at) != wanted.word())) {
        return false;
      }
      at++;
    }
    return match.phrase().thenWords().isEmpty() || isLower(at, amount);
  }

  private boolean isLower(int from, DraftAmount amount) {
    for (int at = from; at < from + MOST_BEFORE_LOWER && at < tokens.count(); at++) {
      if (tokens.isNumber(at)) {
        return tokens.readings(at).stream()
            .anyMatch(lower -> amount.readings.stream().allMatch(x -> lower.compareTo(x) < 0));
      }
    }
    return false;
  }

  /** A phrase of either side speaks of the amount before it, if there is one. */
  private boolean speaksOfAfter(PhraseMatch match) {
    return match.precedesNumber()
        && (match.phrase().side() == Phrase.Side.AFTER || !endsAmount(match.first() - 1));
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
    for (PhraseMatch match : matches.endingAt(at)) {
      if (match.has(Meaning.FILLER) || match.has(Meaning.CURRENCY)) {
        next = Math.min(next, match.first() - 1);
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
              || matches.beginningAt(at).stream()
                  .anyMatch(match -> match.has(Meaning.FILLER) || match.has(Meaning.RANGE));
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
    return tokens.isAdjacent(token + 1);
  }

  private int skippedAfter(int at) {
    int next = at;
    for (PhraseMatch match : matches.beginningAt(at)) {
      if (match.has(Meaning.FILLER) || match.has(Meaning.CURRENCY)) {
        next = Math.max(next, match.last() + 1);
      }
    }
    if (next != at || !tokens.is(at, Type.SIGN)) {
      return next;
    }
    char sign = tokens.text().charAt(tokens.start(at));
    boolean dash = sign == '-' && !tokens.isNumber(at + 1);
    return ")*\"']".indexOf(sign) >= 0 || dash ? at + 1 : at;
  }

  private static boolean any(List<PhraseMatch> matches, Set<Meaning> wanted) {
    for (PhraseMatch match : matches) {
      if (wanted.contains(match.meaning())) {
        return true;
      }
    }
    return false;
  }
}
