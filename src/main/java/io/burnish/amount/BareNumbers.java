package io.burnish.amount;

import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.token.Spelling;
import io.burnish.amount.token.Tokens;
import io.burnish.amount.token.Tokens.Type;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads numbers without a sign or word of their own, by the words around them. Not thread-safe. */
final class BareNumbers {

  private static final Set<Meaning> NO_OFFER =
      EnumSet.of(Meaning.UNIT, Meaning.AGE, Meaning.DATE, Meaning.PHONE, Meaning.NAME);
  private static final Set<Meaning> OF_BARE =
      EnumSet.of(
          Meaning.FORMER_PRICE,
          Meaning.MINIMUM_SPEND,
          Meaning.TAKEN_OFF,
          Meaning.PRICE,
          Meaning.UNIT,
          Meaning.AGE,
          Meaning.DATE,
          Meaning.PHONE,
          Meaning.NAME);

  private final Tokens tokens;
  private final PhraseMatches matches;
  private final NumberContext context;
  private final boolean hasWords;

  BareNumbers(Tokens tokens, PhraseMatches matches, NumberContext context) {
    this.tokens = tokens;
    this.matches = matches;
    this.context = context;
    hasWords = tokens.hasWords();
  }

  /** The number with its role. It is money if the words around it mean a price. */
  DraftAmount read(DraftAmount number) {
    Meaning after = context.after(number, OF_BARE);
    if (isNamed(number, after) || isMeasured(number) || isAddition(number)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    if (tokens.isStruck(number.number)) {
      return number.as(AmountKind.BARE, AmountRole.FORMER_PRICE);
    }
    Meaning before = context.before(number, OF_BARE);
    AmountRole role = role(before, after);
    if (role != AmountRole.OFFERED) {
      return number.as(AmountKind.BARE, role);
    }
    if (isYear(number)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    boolean price =
        before == Meaning.PRICE
            || after == Meaning.PRICE
            || isFollowedByFormerPrice(number)
            || isForWithCents(number);
    return number.as(price ? AmountKind.MONEY : AmountKind.BARE, AmountRole.OFFERED);
  }

  private static AmountRole role(@Nullable Meaning before, @Nullable Meaning after) {
    if ((after != null && NO_OFFER.contains(after))
        || (before != null && NO_OFFER.contains(before))) {
      return AmountRole.NOT_AN_OFFER;
    }
    if (before == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    if (before == Meaning.MINIMUM_SPEND || after == Meaning.MINIMUM_SPEND) {
      return AmountRole.MINIMUM_SPEND;
    }
    if (after == Meaning.TAKEN_OFF || before == Meaning.TAKEN_OFF) {
      return AmountRole.TAKEN_OFF;
    }
    return after == Meaning.FORMER_PRICE ? AmountRole.FORMER_PRICE : AmountRole.OFFERED;
  }

  /**
   * Whether it is part of a name: letters adjoin it, as in PX3, 3D and Z-2000, and are no phrase.
   *
   * @param explained what the words after it mean; null if nothing
   */
  private boolean isNamed(DraftAmount number, @Nullable Meaning explained) {
    int before = number.first - 1;
    int after = number.last + 1;
    boolean lettersBefore =
        Spelling.isLatinWord(tokens, before)
            && tokens.isAdjacent(number.first)
            && !Spelling.isLetterX(tokens, before);
    boolean dashBefore =
        tokens.isSign(before, '-')
            && tokens.isAdjacent(number.first)
            && tokens.isAdjacent(before)
            && Spelling.isLatinWord(tokens, before - 1)
            && !endsPhraseBeforeNumber(before - 1);
    boolean lettersAfter =
        Spelling.isLatinWord(tokens, after)
            && tokens.isAdjacent(after)
            && !Spelling.isLetterX(tokens, after);
    boolean dashAfter =
        tokens.isSign(after, '-')
            && tokens.isAdjacent(after)
            && tokens.isAdjacent(after + 1)
            && Spelling.isLatinWord(tokens, after + 1);
    return lettersBefore
        || dashBefore
        || (explained == null && (lettersAfter || dashAfter))
        || (tokens.isSign(before, '#') && tokens.isAdjacent(number.first));
  }

  /** Whether a phrase ends there that needs a number after it. */
  private boolean endsPhraseBeforeNumber(int token) {
    for (PhraseMatch match : matches.endingAt(token)) {
      if (!match.meaning().standsAlone() && match.precedesNumber()) {
        return true;
      }
    }
    return false;
  }

  /** 20", 20° and 20‰. */
  private boolean isMeasured(DraftAmount number) {
    int after = number.last + 1;
    if (!tokens.isAdjacent(after) || !tokens.is(after, Type.SIGN)) {
      return false;
    }
    char sign = tokens.text().charAt(tokens.start(after));
    boolean inch = sign == '"' && !tokens.isSign(number.first - 1, '"');
    return inch || sign == '°' || sign == '‰';
  }

  /** 18+ and 40+20. */
  private boolean isAddition(DraftAmount number) {
    int plus = number.last + 1;
    boolean added =
        tokens.isSign(number.first - 1, '+')
            && tokens.isAdjacent(number.first)
            && tokens.isNumber(number.first - 2);
    return added
        || tokens.isSign(plus, '+')
            && tokens.isAdjacent(plus)
            && matches.afterNumber(plus + 1, Meaning.ON_TOP) == null;
  }

  /** 2025 is a year, unless the text has no words. */
  private boolean isYear(DraftAmount number) {
    return hasWords && Spelling.isYear(tokens, number.number);
  }

  private boolean isFollowedByFormerPrice(DraftAmount number) {
    for (PhraseMatch match : matches.beginningAt(number.last + 1)) {
      if (match.has(Meaning.FORMER_PRICE)
          && match.precedesNumber()
          && match.phrase().thenWords().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** "ב-17.90": the usual way to write a price without a sign. */
  private boolean isForWithCents(DraftAmount number) {
    int before = number.first - 1;
    if (tokens.isSign(before, '-')) {
      before--;
    }
    return matches.beforeNumber(before, Meaning.FOR) != null
        && Spelling.hasCents(tokens, number.number)
        && !Spelling.isDayAndMonth(tokens, number.number);
  }
}
