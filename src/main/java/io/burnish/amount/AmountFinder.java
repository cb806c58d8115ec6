package io.burnish.amount;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells of each number of a text what it counts and what it is for. For one text. */
final class AmountFinder {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MOST_PENCE = BigDecimal.valueOf(199);

  private static final Set<Meaning> OFF = EnumSet.of(Meaning.TAKEN_OFF);
  private static final Set<Meaning> OF_PERCENT =
      EnumSet.of(Meaning.SHARE, Meaning.TAKEN_OFF, Meaning.FORMER_PRICE);
  private static final Set<Meaning> OF_MONEY =
      EnumSet.of(Meaning.FORMER_PRICE, Meaning.MINIMUM_SPEND, Meaning.TAKEN_OFF, Meaning.PRICE);
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
  private static final Set<Meaning> NO_OFFER =
      EnumSet.of(Meaning.UNIT, Meaning.AGE, Meaning.DATE, Meaning.PHONE, Meaning.NAME);
  private static final Set<Meaning> WORDS_OF_100 =
      EnumSet.of(Meaning.TAKEN_OFF, Meaning.FREE, Meaning.GIFT);

  private final NormalText text;
  private final Tokens tokens;
  private final Marks marks;
  private final Currencies currencies;
  private final Neighbours neighbours;
  private final boolean hasWords;
  private final BitSet excluded;
  private final BitSet pricesOfSeveral;
  private final List<Found> found = new ArrayList<>();

  private AmountFinder(NormalText text, Lexicon lexicon) {
    this.text = text;
    tokens = Tokenizer.tokens(text, lexicon.vocabulary());
    hasWords = tokens.hasWords();
    marks = Marks.in(tokens, lexicon);
    currencies = new Currencies(tokens, marks);
    NumberMerger.merge(tokens, currencies);
    neighbours = new Neighbours(tokens, marks);
    excluded = Exclusions.in(tokens, currencies);
    WordedOffers worded = new WordedOffers(tokens, marks, currencies);
    excluded.or(worded.taken());
    pricesOfSeveral = MultiBuy.prices(tokens, marks, currencies, excluded);
    found.addAll(worded.offers());
  }

  /** All amounts, in the order of the text. */
  static List<Amount> amounts(String text, Lexicon lexicon) {
    if (text.isEmpty()) {
      return List.of();
    }
    AmountFinder finder = new AmountFinder(TextNormalizer.normal(text), lexicon);
    List<Found> numbers = finder.withCents(finder.numbers());
    new Ranges(finder.tokens, finder.marks, finder.currencies).share(numbers);
    finder.found.addAll(numbers);
    return finder.found.stream()
        .filter(amount -> !amount.readings.isEmpty())
        .sorted(Comparator.comparingInt(amount -> amount.first))
        .map(finder::amount)
        .toList();
  }

  private List<Found> numbers() {
    List<Found> numbers = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        numbers.add(number(i));
      }
    }
    numbersInWords(numbers);
    return numbers;
  }

  /** "99 rubles 90 kopecks" is one amount. */
  private List<Found> withCents(List<Found> numbers) {
    List<Found> joined = new ArrayList<>(numbers.size());
    for (Found number : numbers) {
      int last = joined.size() - 1;
      if (last >= 0 && areOneAmount(joined.get(last), number)) {
        joined.set(last, sum(joined.get(last), number));
      } else {
        joined.add(number);
      }
    }
    return joined;
  }

  private boolean areOneAmount(Found money, Found cents) {
    return money.kind == AmountKind.MONEY
        && money.isOffered()
        && cents.isMinor
        && money.readings.size() == 1
        && money.readings.iterator().next().scale() <= 0
        && cents.first - money.last <= 3
        && neighbours.areFillers(money.last + 1, cents.first);
  }

  private static Found sum(Found money, Found cents) {
    BigDecimal sum = money.readings.iterator().next().add(cents.readings.iterator().next());
    return new Found(money.number, cents.last, Set.of(sum))
        .from(money.first)
        .as(money.kind, money.role);
  }

  private Found number(int token) {
    Set<BigDecimal> readings = tokens.readings(token);
    Found number = new Found(token, tokens.last(token), readings);
    if (readings.isEmpty() || excluded.get(token)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    if (isPercentage(number)) {
      return number.as(AmountKind.PERCENT, roleOfPercentage(number));
    }
    Found multiplied = multiplied(number);
    if (multiplied != null) {
      return multiplied;
    }
    if (takeCurrency(number) || tokens.hasPriceMark(token) || pricesOfSeveral.get(token)) {
      return number.as(AmountKind.MONEY, roleOfMoney(number));
    }
    return alone(number);
  }

  private boolean isPercentage(Found number) {
    int after = number.last + 1;
    while (tokens.isSign(after, '*')) {
      after++;
    }
    if (tokens.isSign(after, '-') && tokens.isGlued(after) && tokens.isGlued(after + 1)) {
      after += tokens.isSign(after + 1, '%') ? 1 : 0;
    }
    if (tokens.isSign(after, '%')) {
      boolean next =
          tokens.isNumber(after + 1) && tokens.isGlued(after + 1) && !tokens.isGlued(after);
      if (!next) {
        number.to(after);
        return true;
      }
    }
    Mark word = mark(marks.beginningAt(after), Meaning.PERCENT, false);
    if (word != null) {
      number.to(word.last());
      return true;
    }
    int before = number.first - 1;
    if (tokens.isSign(before, '%')) {
      boolean previous =
          tokens.isNumber(before - 1) && (tokens.isGlued(before) || !tokens.isGlued(number.first));
      if (!previous) {
        number.from(before);
        return true;
      }
    }
    word = mark(marks.endingAt(before), Meaning.PERCENT, true);
    if (word != null && word.phrase().side() == Phrase.Side.AFTER) {
      number.from(word.first());
      return true;
    }
    return false;
  }

  /** Money counted in hundredths, thousands or millions; null where nothing multiplies it. */
  private @Nullable Found multiplied(Found number) {
    int after = number.last + 1;
    Mark minor = mark(marks.beginningAt(after), Meaning.MINOR_UNIT, false);
    if (minor != null && !(minor.phrase().glued() && isNoPence(number))) {
      Found cents = times(number, HUNDREDTH).to(minor.last());
      cents.isMinor = true;
      return cents.as(AmountKind.MONEY, roleOfMoney(cents));
    }
    Mark thousands = mark(marks.beginningAt(after), Meaning.THOUSAND, false);
    Mark millions = mark(marks.beginningAt(after), Meaning.MILLION, false);
    Mark magnitude = thousands != null ? thousands : millions;
    if (magnitude == null) {
      return null;
    }
    Found great = times(number, thousands != null ? THOUSAND : MILLION).to(magnitude.last());
    if (takeCurrency(great)) {
      return great.as(AmountKind.MONEY, roleOfMoney(great));
    }
    boolean off = neighbours.after(great, OFF) != null;
    AmountRole role = off ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
    return great.as(
        AmountKind.BARE, magnitude.phrase().glued() && !off ? AmountRole.NOT_AN_OFFER : role);
  }

  /** 1080p is a resolution, £9.99p/m is pounds. */
  private boolean isNoPence(Found number) {
    return currencies.before(number.first) >= 0
        || number.readings.stream().anyMatch(value -> value.scale() > 0)
        || number.readings.stream().anyMatch(value -> value.compareTo(MOST_PENCE) > 0);
  }

  private static Found times(Found number, BigDecimal factor) {
    return new Found(
        number.number,
        number.last,
        number.readings.stream().map(factor::multiply).collect(Collectors.toSet()));
  }

  private boolean takeCurrency(Found number) {
    int after = currencies.after(number.last);
    int before = currencies.before(number.first);
    if (after >= 0) {
      number.to(after);
    }
    if (before >= 0) {
      number.from(before);
    }
    return after >= 0 || before >= 0;
  }

  private AmountRole roleOfPercentage(Found number) {
    if (isStruck(number)) {
      return AmountRole.FORMER_PRICE;
    }
    Meaning after = neighbours.after(number, OF_PERCENT);
    if (after == Meaning.TAKEN_OFF) {
      return AmountRole.TAKEN_OFF;
    }
    Meaning before = neighbours.before(number, OF_PERCENT);
    if (after == Meaning.SHARE || before == Meaning.SHARE) {
      return AmountRole.SHARE;
    }
    if (before == Meaning.FORMER_PRICE || after == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    boolean whole = number.readings.stream().anyMatch(value -> value.compareTo(HUNDRED) == 0);
    boolean off = before == Meaning.TAKEN_OFF || (whole && neighbours.near(number, WORDS_OF_100));
    return off ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
  }

  private AmountRole roleOfMoney(Found number) {
    if (isStruck(number)) {
      return AmountRole.FORMER_PRICE;
    }
    Meaning before = neighbours.before(number, OF_MONEY);
    Meaning after = neighbours.after(number, OF_MONEY);
    if (before == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    if (before == Meaning.MINIMUM_SPEND) {
      return AmountRole.MINIMUM_SPEND;
    }
    if (after == Meaning.TAKEN_OFF) {
      return AmountRole.TAKEN_OFF;
    }
    if (after == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    if (after == Meaning.MINIMUM_SPEND
        || isAndMore(number)
        || neighbours.followsWhatIsTakenOff(number)) {
      return AmountRole.MINIMUM_SPEND;
    }
    return before == Meaning.TAKEN_OFF ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
  }

  /** 300+ is 300 and more; $49+tax is a price. */
  private boolean isAndMore(Found number) {
    int plus = number.last + 1;
    if (!tokens.isSign(plus, '+') || !tokens.isGlued(plus)) {
      return false;
    }
    int next = plus + 1;
    if (tokens.isNumber(next) || tokens.isCurrencySign(next)) {
      return false;
    }
    if (tokens.isGlued(next)) {
      return tokens.is(next, Tokens.Type.SIGN);
    }
    return mark(marks.beginningAt(next), Meaning.ON_TOP, false) == null;
  }

  private Found alone(Found number) {
    if (isNamed(number) || isMeasured(number) || isBeyond(number)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    if (isStruck(number)) {
      return number.as(AmountKind.BARE, AmountRole.FORMER_PRICE);
    }
    Meaning after = neighbours.after(number, OF_BARE);
    Meaning before = neighbours.before(number, OF_BARE);
    if ((after != null && NO_OFFER.contains(after))
        || (before != null && NO_OFFER.contains(before))) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    if (before == Meaning.FORMER_PRICE) {
      return number.as(AmountKind.BARE, AmountRole.FORMER_PRICE);
    }
    if (before == Meaning.MINIMUM_SPEND || after == Meaning.MINIMUM_SPEND) {
      return number.as(AmountKind.BARE, AmountRole.MINIMUM_SPEND);
    }
    if (after == Meaning.TAKEN_OFF || before == Meaning.TAKEN_OFF) {
      return number.as(AmountKind.BARE, AmountRole.TAKEN_OFF);
    }
    if (after == Meaning.FORMER_PRICE) {
      return number.as(AmountKind.BARE, AmountRole.FORMER_PRICE);
    }
    if (isYear(number)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    boolean priced =
        before == Meaning.PRICE
            || after == Meaning.PRICE
            || isFollowedByFormerPrice(number)
            || isForWithCents(number);
    return number.as(priced ? AmountKind.MONEY : AmountKind.BARE, AmountRole.OFFERED);
  }

  /** Letters touch it, as in PX3, 3D and Z-2000, and are no word of the lexicon. */
  private boolean isNamed(Found number) {
    int before = number.first - 1;
    int after = number.last + 1;
    boolean letters =
        tokens.isLatinWord(before) && tokens.isGlued(number.first) && !tokens.isLetterX(before);
    boolean dashed =
        tokens.isSign(before, '-')
            && tokens.isGlued(number.first)
            && tokens.isGlued(before)
            && tokens.isLatinWord(before - 1)
            && !speaks(before - 1);
    boolean behind = tokens.isLatinWord(after) && tokens.isGlued(after) && !tokens.isLetterX(after);
    boolean dashedBehind =
        tokens.isSign(after, '-')
            && tokens.isGlued(after)
            && tokens.isGlued(after + 1)
            && tokens.isLatinWord(after + 1)
            && neighbours.after(number, OF_BARE) == null;
    return letters
        || dashed
        || (behind && neighbours.after(number, OF_BARE) == null)
        || dashedBehind
        || (tokens.isSign(before, '#') && tokens.isGlued(number.first));
  }

  /** Whether a phrase that speaks of a following number ends there. */
  private boolean speaks(int token) {
    return marks.endingAt(token).stream()
        .anyMatch(mark -> !mark.meaning().standsAlone() && Marks.speaksOfAfter(mark));
  }

  /** 20", 20° and 20². */
  private boolean isMeasured(Found number) {
    int after = number.last + 1;
    if (!tokens.isGlued(after) || !tokens.is(after, Tokens.Type.SIGN)) {
      return false;
    }
    char sign = text.charAt(tokens.start(after));
    boolean inch = sign == '"' && !tokens.isSign(number.first - 1, '"');
    return inch || sign == '°' || sign == '‰';
  }

  /** 18+ and 40+20. */
  private boolean isBeyond(Found number) {
    int plus = number.last + 1;
    boolean added =
        tokens.isSign(number.first - 1, '+')
            && tokens.isGlued(number.first)
            && tokens.isNumber(number.first - 2);
    return added
        || tokens.isSign(plus, '+')
            && tokens.isGlued(plus)
            && mark(marks.beginningAt(plus + 1), Meaning.ON_TOP, false) == null;
  }

  /** A bare 2025 is a year, unless it is all there is. */
  private boolean isYear(Found number) {
    return hasWords && tokens.isYear(number.number);
  }

  private boolean isFollowedByFormerPrice(Found number) {
    return marks.beginningAt(number.last + 1).stream()
        .anyMatch(
            mark ->
                mark.has(Meaning.FORMER_PRICE)
                    && Marks.speaksOfAfter(mark)
                    && mark.phrase().then().isEmpty());
  }

  /** "ב-17.90": the usual way to write a price without a sign. */
  private boolean isForWithCents(Found number) {
    int before = number.first - 1;
    if (tokens.isSign(before, '-')) {
      before--;
    }
    return mark(marks.endingAt(before), Meaning.FOR, false) != null
        && tokens.hasCents(number.number)
        && !tokens.isDayAndMonth(number.number);
  }

  /** "Twenty percent", "fifty shekels". */
  private void numbersInWords(List<Found> numbers) {
    for (Mark mark : marks.all()) {
      if (mark.has(Meaning.NUMBER)) {
        Found number = new Found(mark.first(), mark.last(), Set.of(mark.phrase().value()));
        if (isPercentage(number)) {
          numbers.add(number.as(AmountKind.PERCENT, roleOfPercentage(number)));
        } else if (currencies.after(number.last) >= 0) {
          takeCurrency(number);
          numbers.add(number.as(AmountKind.MONEY, roleOfMoney(number)));
        }
      }
    }
    numbers.sort(Comparator.comparingInt(number -> number.number));
  }

  private boolean isStruck(Found number) {
    return text.isStruck(tokens.start(number.number));
  }

  private @Nullable Mark mark(List<Mark> candidates, Meaning meaning, boolean numberAfter) {
    Mark longest = null;
    for (Mark mark : candidates) {
      boolean side = numberAfter ? Marks.speaksOfAfter(mark) : Marks.speaksOfBefore(mark);
      boolean apart =
          mark.phrase().glued() && !tokens.isGlued(numberAfter ? mark.last() + 1 : mark.first());
      if (mark.has(meaning)
          && side
          && !apart
          && (longest == null || mark.last() > longest.last())) {
        longest = mark;
      }
    }
    return longest;
  }

  private Amount amount(Found amount) {
    return new Amount(
        amount.kind,
        amount.role,
        amount.readings,
        text.originalStart(tokens.start(amount.first)),
        text.originalEnd(tokens.end(amount.last)));
  }
}
