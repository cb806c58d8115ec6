package io.burnish.amount;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Offers made in words: one plus one, half, free. Their numbers are no amounts of their own. */
final class WordedOffers {

  private static final Set<Meaning> NUMBERS_ARE_ITS_OWN =
      EnumSet.of(Meaning.HALF, Meaning.ONE_PLUS_ONE, Meaning.ONE_MORE, Meaning.NOT_ONE_PLUS_ONE);

  /** More tokens than any phrase has. */
  private static final int LONGEST_PHRASE = 40;

  private static final int MOST_BETWEEN = 3;

  private final Tokens tokens;
  private final Marks marks;
  private final Currencies currencies;
  private final List<Found> offers = new ArrayList<>();
  private final BitSet taken;

  WordedOffers(Tokens tokens, Marks marks, Currencies currencies) {
    this.tokens = tokens;
    this.marks = marks;
    this.currencies = currencies;
    taken = new BitSet(tokens.count());
    find();
  }

  /** The offers, in no order. */
  List<Found> offers() {
    return offers;
  }

  /** The numbers that belong to one. */
  BitSet taken() {
    return taken;
  }

  private void find() {
    List<Mark> alone = new ArrayList<>();
    for (Mark mark : marks.all()) {
      if (mark.meaning().standsAlone() && !isPartOfSum(mark)) {
        alone.add(mark);
      }
    }
    alone.sort((one, other) -> Integer.compare(one.first(), other.first()));
    for (int i = 0; i < alone.size(); i++) {
      if (!isCovered(alone, i)) {
        offer(alone.get(i));
      }
    }
  }

  private boolean isCovered(List<Mark> alone, int index) {
    Mark mark = alone.get(index);
    for (int i = index - 1; i >= 0 && mark.first() - alone.get(i).first() < LONGEST_PHRASE; i--) {
      if (alone.get(i).covers(mark)) {
        return true;
      }
    }
    for (int i = index + 1; i < alone.size() && alone.get(i).first() == mark.first(); i++) {
      if (alone.get(i).covers(mark)) {
        return true;
      }
    }
    return false;
  }

  private void offer(Mark mark) {
    if (NUMBERS_ARE_ITS_OWN.contains(mark.meaning())) {
      if (mark.has(Meaning.ONE_MORE) && secondHasPrice(mark.last() + 1)) {
        return;
      }
      for (int i = mark.first(); i <= mark.last(); i++) {
        if (tokens.isNumber(i)) {
          taken.set(i);
        }
      }
    }
    if (tokens.text().isStruck(tokens.start(mark.first()))) {
      return;
    }
    // What is not free or not one plus one is no offer, and hides the phrases in it.
    if (mark.has(Meaning.ONE_PLUS_ONE) || mark.has(Meaning.ONE_MORE)) {
      add(mark, AmountKind.ONE_PLUS_ONE, 1);
    } else if (mark.has(Meaning.HALF)) {
      add(mark, AmountKind.HALF, 50);
    } else if (!mark.meaning().hides()) {
      add(mark, AmountKind.FREE, 100);
    }
  }

  private void add(Mark mark, AmountKind kind, int value) {
    AmountRole role = mark.has(Meaning.GIFT) ? AmountRole.OFFERED : AmountRole.TAKEN_OFF;
    offers.add(
        new Found(mark.first(), mark.last(), Set.of(BigDecimal.valueOf(value))).as(kind, role));
  }

  /** 2+1+1 and A1+1 are sums and names. */
  private boolean isPartOfSum(Mark mark) {
    if (!tokens.isNumber(mark.first())) {
      return false;
    }
    boolean joinedBefore =
        tokens.isSign(mark.first() - 1, '+')
            || (tokens.isGlued(mark.first()) && tokens.isLatinWord(mark.first() - 1))
            || (tokens.isGlued(mark.first()) && tokens.isSign(mark.first() - 1, '%'));
    return joinedBefore
        || (tokens.isSign(mark.last() + 1, '+') && tokens.isNumber(mark.last() + 2));
  }

  /** "… get one at 50% off". */
  private boolean secondHasPrice(int from) {
    int at = from;
    for (int steps = 0; steps <= MOST_BETWEEN; steps++) {
      if (tokens.isNumber(at) || tokens.isCurrencySign(at) || tokens.isSign(at, '%')) {
        return !tokens.isNumber(at) || hasPrice(at);
      }
      for (Mark mark : marks.beginningAt(at)) {
        if (mark.has(Meaning.HALF) || (mark.has(Meaning.CURRENCY) && steps > 0)) {
          return true;
        }
      }
      if (marks.endsSentence(at)) {
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
            || marks.beginningAt(number + 1).stream()
                .anyMatch(mark -> mark.has(Meaning.PERCENT) || mark.has(Meaning.TAKEN_OFF)));
  }
}
