package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Spelling;
import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds offers in words: one plus one, half, free. Their numbers are no amounts. Not thread-safe.
 */
final class WordedOffers {

  private static final Set<Meaning> WITH_NUMBERS =
      EnumSet.of(Meaning.HALF, Meaning.ONE_PLUS_ONE, Meaning.ONE_MORE, Meaning.NOT_ONE_PLUS_ONE);

  /** More tokens than any phrase has. */
  private static final int MAX_PHRASE = 40;

  private static final int MAX_BETWEEN = 3;

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final Currencies currencies;
  private final List<DraftAmount> offers = new ArrayList<>();
  private final BitSet numbers;

  WordedOffers(Tokens tokens, PhraseMatches matches, Currencies currencies) {
    this.tokens = tokens;
    this.matches = matches;
    this.currencies = currencies;
    numbers = new BitSet(tokens.count());
    find();
  }

  /** The offers, in any order. */
  List<DraftAmount> offers() {
    return offers;
  }

  /** The numbers that are part of an offer. */
  BitSet numbers() {
    return numbers;
  }

  private void find() {
    List<PhraseMatch> alone = new ArrayList<>();
    for (PhraseMatch match : matches.all()) {
      if (match.meaning().standsAlone() && !isPartOfSum(match)) {
        alone.add(match);
      }
    }
    alone.sort((one, other) -> Integer.compare(one.first(), other.first()));
    for (int i = 0; i < alone.size(); i++) {
      if (!isCovered(alone, i)) {
        offer(alone.get(i));
      }
    }
  }

  private boolean isCovered(List<PhraseMatch> alone, int index) {
    PhraseMatch match = alone.get(index);
    for (int i = index - 1; i >= 0 && match.first() - alone.get(i).first() < MAX_PHRASE; i--) {
      if (alone.get(i).covers(match)) {
        return true;
      }
    }
    for (int i = index + 1; i < alone.size() && alone.get(i).first() == match.first(); i++) {
      if (alone.get(i).covers(match)) {
        return true;
      }
    }
    return false;
  }

  private void offer(PhraseMatch match) {
    if (WITH_NUMBERS.contains(match.meaning())) {
      if (match.has(Meaning.ONE_MORE) && secondHasPrice(match.last() + 1)) {
        return;
      }
      for (int i = match.first(); i <= match.last(); i++) {
        if (tokens.isNumber(i)) {
          numbers.set(i);
        }
      }
    }
    if (tokens.isStruck(match.first())) {
      return;
    }
    // "Not free" and "not one plus one" are no offers, and hide the phrases in them.
    if (match.has(Meaning.ONE_PLUS_ONE) || match.has(Meaning.ONE_MORE)) {
      add(match, AmountKind.ONE_PLUS_ONE, 1);
    } else if (match.has(Meaning.HALF)) {
      add(match, AmountKind.HALF, 50);
    } else if (!match.meaning().hides()) {
      add(match, AmountKind.FREE, 100);
    }
  }

  private void add(PhraseMatch match, AmountKind kind, int value) {
    AmountRole role = match.has(Meaning.GIFT) ? AmountRole.OFFERED : AmountRole.TAKEN_OFF;
    offers.add(
        new DraftAmount(match.first(), match.last(), Set.of(BigDecimal.valueOf(value)))
            .as(kind, role));
  }

  /** Whether it is part of a sum or name: 2+1+1, A1+1. */
  private boolean isPartOfSum(PhraseMatch match) {
    if (!tokens.isNumber(match.first())) {
      return false;
    }
    boolean joinedBefore =
        tokens.isSign(match.first() - 1, '+')
            || (tokens.isAdjacent(match.first()) && Spelling.isLatinWord(tokens, match.first() - 1))
            || (tokens.isAdjacent(match.first()) && tokens.isSign(match.first() - 1, '%'));
    return joinedBefore
        || (tokens.isSign(match.last() + 1, '+') && tokens.isNumber(match.last() + 2));
  }

  /** "… get one at 50% off". */
  private boolean secondHasPrice(int from) {
    int at = from;
    for (int steps = 0; steps <= MAX_BETWEEN; steps++) {
      if (tokens.isNumber(at) || tokens.isCurrencySign(at) || tokens.isSign(at, '%')) {
        return !tokens.isNumber(at) || hasPrice(at);
      }
      for (PhraseMatch match : matches.beginningAt(at)) {
        if (match.has(Meaning.HALF) || (match.has(Meaning.CURRENCY) && steps > 0)) {
          return true;
        }
      }
      if (matches.endsSentence(at)) {
        return false;
      }
      at++;
    }
    return false;
  }

  private boolean hasPrice(int number) {
    return !tokens.readings(number).isEmpty()
        && (currencies.after(number) >= 0
            || currencies.before(number) >= 0
            || tokens.isSign(number + 1, '%')
            || tokens.isSign(number - 1, '%')
            || matches.hasBeginningAt(number + 1, Meaning.PERCENT)
            || matches.hasBeginningAt(number + 1, Meaning.TAKEN_OFF));
  }
}
