package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.Phrase;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the phrases around an amount mean: the nearest phrase on either side, past {@link Fillers}.
 * Looks at a bounded number of tokens. Not thread-safe.
 */
final class NumberContext {

  private static final int MAX_STEPS = 8;
  private static final int NEAR_TOKENS = 6;
  private static final int MAX_TO_LOWER_NUMBER = 5;
  private static final Set<Meaning> UNITS = EnumSet.of(Meaning.CURRENCY, Meaning.PERCENT);
  private static final Set<Meaning> DATES = EnumSet.of(Meaning.DATE);

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final Fillers fillers;

  /** The phrase such as "milk … #" whose number may be at the token; null if there is none. */
  private final @Nullable PhraseMatch[] reaching;

  NumberContext(Tokens tokens, PhraseMatches matches, Fillers fillers) {
    this.tokens = tokens;
    this.matches = matches;
    this.fillers = fillers;
    reaching = new PhraseMatch[tokens.count()];
    for (PhraseMatch match : matches.all()) {
      reach(match);
    }
  }

  private void reach(PhraseMatch match) {
    int limit = match.last() + match.phrase().reach();
    for (int at = match.last() + 1; at <= limit && at < tokens.count(); at++) {
      if (matches.endsSentence(at)) {
        return;
      }
      reaching[at] = match;
    }
  }

  /** The meaning of the phrase before the amount; null unless it is one of those. */
  @Nullable Meaning before(DraftAmount amount, Set<Meaning> wanted) {
    int at = amount.first - 1;
    boolean apart = !tokens.isAdjacent(amount.first);
    for (int steps = 0; steps < MAX_STEPS && at >= 0; steps++) {
      PhraseMatch said =
          longest(matches.endingAt(at), wanted, new Search(true, apart || steps > 0, amount));
      if (said != null) {
        return said.meaning();
      }
      int next = fillers.skipBefore(at);
      if (next == at) {
        break;
      }
      at = next;
    }
    PhraseMatch far = amount.first == 0 ? null : reaching[amount.first - 1];
    far = far == null && amount.first < tokens.count() ? reaching[amount.first] : far;
    return far != null && wanted.contains(far.meaning()) ? far.meaning() : null;
  }

  /** The meaning of the phrase after the amount; null unless it is one of those. */
  @Nullable Meaning after(DraftAmount amount, Set<Meaning> wanted) {
    int at = amount.last + 1;
    boolean apart = !tokens.isAdjacent(at);
    if (!apart && tokens.isSign(at, '.') && wanted.contains(Meaning.DATE)) {
      return any(matches.beginningAt(at + 1), DATES) ? Meaning.DATE : null;
    }
    for (int steps = 0; steps < MAX_STEPS && at < tokens.count(); steps++) {
      PhraseMatch said =
          longest(matches.beginningAt(at), wanted, new Search(false, apart || steps > 0, amount));
      if (said != null && (steps == 0 || !said.has(Meaning.UNIT) || tokens.isSign(at - 1, '-'))) {
        return said.meaning();
      }
      int next = fillers.skipAfter(at);
      if (next == at) {
        return null;
      }
      at = next;
    }
    return null;
  }

  /** Whether a phrase of those meanings is within six tokens on either side. */
  boolean near(DraftAmount amount, Set<Meaning> wanted) {
    for (int i = 1; i <= NEAR_TOKENS; i++) {
      if (any(matches.endingAt(amount.first - i), wanted)
          || any(matches.beginningAt(amount.last + i), wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Whether another amount off stands directly before, as in "$10 off your $50 order". */
  boolean followsDiscount(DraftAmount amount) {
    int at = amount.first - 1;
    for (int steps = 0; steps < MAX_STEPS && at >= 0; steps++) {
      for (PhraseMatch match : matches.endingAt(at)) {
        if (match.has(Meaning.TAKEN_OFF)
            && match.followsNumber()
            && endsAmount(match.first() - 1)) {
          return true;
        }
      }
      int next = fillers.skipWordsBefore(at);
      if (next == at) {
        return false;
      }
      at = next;
    }
    return false;
  }

  private boolean endsAmount(int token) {
    return tokens.isNumber(token)
        || tokens.isCurrencySign(token)
        || tokens.isSign(token, '%')
        || any(matches.endingAt(token), UNITS);
  }

  /**
   * A search for the phrase of an amount.
   *
   * @param numberAfter whether the amount stands after the phrase
   * @param apart whether something stands between them
   */
  private record Search(boolean numberAfter, boolean apart, DraftAmount amount) {}

  /** The longest phrase on that side; null unless its meaning is wanted. */
  private @Nullable PhraseMatch longest(
      List<PhraseMatch> candidates, Set<Meaning> wanted, Search search) {
    PhraseMatch longest = null;
    for (PhraseMatch match : candidates) {
      if (isOnSide(match, search, candidates)
          && !(match.phrase().adjacent() && search.apart())
          && continues(match, search.amount())
          && (longest == null || match.last() - match.first() > longest.last() - longest.first())) {
        longest = wanted.contains(match.meaning()) ? match : longest;
      }
    }
    return longest;
  }

  private boolean isOnSide(PhraseMatch match, Search search, List<PhraseMatch> candidates) {
    return search.numberAfter()
        ? precedesNumber(match)
        : match.followsNumber() && !isStartOfLonger(match, candidates);
  }

  /** A phrase of either side belongs to the amount before it, if there is one. */
  private boolean precedesNumber(PhraseMatch match) {
    return match.precedesNumber()
        && (match.phrase().side() == Phrase.Side.AFTER || !endsAmount(match.first() - 1));
  }

  /** The "instead" of "instead of" belongs to the number after it. */
  private static boolean isStartOfLonger(PhraseMatch match, List<PhraseMatch> candidates) {
    for (PhraseMatch other : candidates) {
      if (other.last() > match.last() && other.phrase().side() == Phrase.Side.AFTER) {
        return true;
      }
    }
    return false;
  }

  /** Whether the words of the phrase after the number are there, and a lower number after them. */
  private boolean continues(PhraseMatch match, DraftAmount amount) {
    List<Phrase.Element> words = match.phrase().thenWords();
    int at = amount.last + 1;
    for (int i = 0; i < words.size(); i++) {
      if (!(words.get(i) instanceof Phrase.Element.Word wanted)
          || at >= tokens.count()
          || (tokens.word(at) != wanted.word() && tokens.stem(at) != wanted.word())) {
        return false;
      }
      at++;
    }
    return words.isEmpty() || isLower(at, amount);
  }

  private boolean isLower(int from, DraftAmount amount) {
    for (int at = from; at < from + MAX_TO_LOWER_NUMBER && at < tokens.count(); at++) {
      if (tokens.isNumber(at)) {
        for (BigDecimal lower : tokens.readings(at)) {
          if (amount.readings.stream().allMatch(value -> lower.compareTo(value) < 0)) {
            return true;
          }
        }
        return false;
      }
    }
    return false;
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
