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
  private final PhraseMatches matches;
  private final Currencies currencies;
  private final NumberContext context;
  private final boolean hasWords;
  private final BitSet excluded;
  private final BitSet pricesOfSeveral;
  private final List<DraftAmount> found = new ArrayList<>();

  private AmountFinder(NormalText text, Lexicon lexicon) {
    this.text = text;
    tokens = Tokenizer.tokens(text, lexicon.vocabulary());
    hasWords = tokens.hasWords();
    matches = PhraseMatches.in(tokens, lexicon.phrases());
    currencies = new Currencies(tokens, matches);
    NumberMerger.merge(tokens, currencies);
    context = new NumberContext(tokens, matches);
    excluded = Exclusions.in(tokens, currencies);
    WordedOffers worded = new WordedOffers(tokens, matches, currencies);
    excluded.or(worded.taken());
    pricesOfSeveral = MultiBuy.prices(tokens, matches, currencies, excluded);
    found.addAll(worded.offers());
  }

  /** All amounts, in the order of the text. */
  static List<Amount> amounts(String text, Lexicon lexicon) {
    if (text.isEmpty()) {
      return List.of();
    }
    AmountFinder finder = new AmountFinder(TextNormalizer.normal(text), lexicon);
    List<DraftAmount> numbers = finder.withCents(finder.numbers());
    new Ranges(finder.tokens, finder.matches, finder.currencies).share(numbers);
    finder.found.addAll(numbers);
    return finder.found.stream()
        .filter(amount -> !amount.readings.isEmpty())
        .sorted(Comparator.comparingInt(amount -> amount.first))
        .map(finder::amount)
        .toList();
  }

  private List<DraftAmount> numbers() {
    List<DraftAmount> numbers = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        numbers.add(number(i));
      }
    }
    numbersInWords(numbers);
    return numbers;
  }

  /** "99 rubles 90 kopecks" is one amount. */
  private List<DraftAmount> withCents(List<DraftAmount> numbers) {
    List<DraftAmount> joined = new ArrayList<>(numbers.size());
    for (DraftAmount number : numbers) {
      int last = joined.size() - 1;
      if (last >= 0 && areOneAmount(joined.get(last), number)) {
        joined.set(last, sum(joined.get(last), number));
      } else {
        joined.add(number);
      }
    }
    return joined;
  }

  private boolean areOneAmount(DraftAmount money, DraftAmount cents) {
    return money.kind == AmountKind.MONEY
        && money.isOffered()
        && cents.isMinor
        && money.readings.size() == 1
        && money.readings.iterator().next().scale() <= 0
        && cents.first - money.last <= 3
        && context.areFillers(money.last + 1, cents.first);
  }

  private static DraftAmount sum(DraftAmount money, DraftAmount cents) {
    BigDecimal sum = money.readings.iterator().next().add(cents.readings.iterator().next());
    return new DraftAmount(money.number, cents.last, Set.of(sum))
        .from(money.first)
        .as(money.kind, money.role);
  }

  private DraftAmount number(int token) {
    Set<BigDecimal> readings = tokens.readings(token);
    DraftAmount number = new DraftAmount(token, tokens.last(token), readings);
    if (readings.isEmpty() || excluded.get(token)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    if (isPercentage(number)) {
      return number.as(AmountKind.PERCENT, roleOfPercentage(number));
    }
    DraftAmount multiplied = multiplied(number);
    if (multiplied != null) {
      return multiplied;
    }
    if (takeCurrency(number) || tokens.hasPriceMark(token) || pricesOfSeveral.get(token)) {
      return number.as(AmountKind.MONEY, roleOfMoney(number));
    }
    return alone(number);
  }

  private boolean isPercentage(DraftAmount number) {
    int after = number.last + 1;
    while (tokens.isSign(after, '*')) {
      after++;
    }
    if (tokens.isSign(after, '-') && tokens.isAdjacent(after) && tokens.isAdjacent(after + 1)) {
      after += tokens.isSign(after + 1, '%') ? 1 : 0;
    }
    if (tokens.isSign(after, '%')) {
      boolean next =
          tokens.isNumber(after + 1) && tokens.isAdjacent(after + 1) && !tokens.isAdjacent(after);
      if (!next) {
        number.to(after);
        return true;
      }
    }
    PhraseMatch word = match(matches.beginningAt(after), Meaning.PERCENT, false);
    if (word != null) {
      number.to(word.last());
      return true;
    }
    int before = number.first - 1;
    if (tokens.isSign(before, '%')) {
      boolean previous =
          tokens.isNumber(before - 1) && (tokens.isAdjacent(before) || !tokens.isAdjacent(number.first));
      if (!previous) {
        number.from(before);
        return true;
      }
    }
    word = match(matches.endingAt(before), Meaning.PERCENT, true);
    if (word != null && word.phrase().side() == Phrase.Side.AFTER) {
      number.from(word.first());
      return true;
    }
    return false;
  }

  /** Money counted in hundredths, thousands or millions; null where nothing multiplies it. */
  private @Nullable DraftAmount multiplied(DraftAmount number) {
    int after = number.last + 1;
    PhraseMatch minor = match(matches.beginningAt(after), Meaning.MINOR_UNIT, false);
    if (minor != null && !(minor.phrase().adjacent() && isNoPence(number))) {
      DraftAmount cents = times(number, HUNDREDTH).to(minor.last());
      cents.isMinor = true;
      return cents.as(AmountKind.MONEY, roleOfMoney(cents));
    }
    PhraseMatch thousands = match(matches.beginningAt(after), Meaning.THOUSAND, false);
    PhraseMatch millions = match(matches.beginningAt(after), Meaning.MILLION, false);
    PhraseMatch magnitude = thousands != null ? thousands : millions;
    if (magnitude == null) {
      return null;
    }
    DraftAmount great = times(number, thousands != null ? THOUSAND : MILLION).to(magnitude.last());
    if (takeCurrency(great)) {
      return great.as(AmountKind.MONEY, roleOfMoney(great));
    }
    boolean off = context.after(great, OFF) != null;
    AmountRole role = off ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
    return great.as(
        AmountKind.BARE, magnitude.phrase().adjacent() && !off ? AmountRole.NOT_AN_OFFER : role);
  }

  /** 1080p is a resolution, £9.99p/m is pounds. */
  private boolean isNoPence(DraftAmount number) {
    return currencies.before(number.first) >= 0
        || number.readings.stream().anyMatch(value -> value.scale() > 0)
        || number.readings.stream().anyMatch(value -> value.compareTo(MOST_PENCE) > 0);
  }

  private static DraftAmount times(DraftAmount number, BigDecimal factor) {
    return new DraftAmount(
        number.number,
        number.last,
        number.readings.stream().map(factor::multiply).collect(Collectors.toSet()));
  }

  private boolean takeCurrency(DraftAmount number) {
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

  private AmountRole roleOfPercentage(DraftAmount number) {
    if (isStruck(number)) {
      return AmountRole.FORMER_PRICE;
    }
    Meaning after = context.after(number, OF_PERCENT);
    if (after == Meaning.TAKEN_OFF) {
      return AmountRole.TAKEN_OFF;
    }
    Meaning before = context.before(number, OF_PERCENT);
    if (after == Meaning.SHARE || before == Meaning.SHARE) {
      return AmountRole.SHARE;
    }
    if (before == Meaning.FORMER_PRICE || after == Meaning.FORMER_PRICE) {
      return AmountRole.FORMER_PRICE;
    }
    boolean whole = number.readings.stream().anyMatch(value -> value.compareTo(HUNDRED) == 0);
    boolean off = before == Meaning.TAKEN_OFF || (whole && context.near(number, WORDS_OF_100));
    return off ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
  }

  private AmountRole roleOfMoney(DraftAmount number) {
    if (isStruck(number)) {
      return AmountRole.FORMER_PRICE;
    }
    Meaning before = context.before(number, OF_MONEY);
    Meaning after = context.after(number, OF_MONEY);
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
        || context.followsWhatIsTakenOff(number)) {
      return AmountRole.MINIMUM_SPEND;
    }
    return before == Meaning.TAKEN_OFF ? AmountRole.TAKEN_OFF : AmountRole.OFFERED;
  }

  /** 300+ is 300 and more; $49+tax is a price. */
  private boolean isAndMore(DraftAmount number) {
    int plus = number.last + 1;
    if (!tokens.isSign(plus, '+') || !tokens.isAdjacent(plus)) {
      return false;
    }
    int next = plus + 1;
    if (tokens.isNumber(next) || tokens.isCurrencySign(next)) {
      return false;
    }
    if (tokens.isAdjacent(next)) {
      return tokens.is(next, Tokens.Type.SIGN);
    }
    return match(matches.beginningAt(next), Meaning.ON_TOP, false) == null;
  }

  private DraftAmount alone(DraftAmount number) {
    if (isNamed(number) || isMeasured(number) || isBeyond(number)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    if (isStruck(number)) {
      return number.as(AmountKind.BARE, AmountRole.FORMER_PRICE);
    }
    Meaning after = context.after(number, OF_BARE);
    Meaning before = context.before(number, OF_BARE);
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
  private boolean isNamed(DraftAmount number) {
    int before = number.first - 1;
    int after = number.last + 1;
    boolean letters =
        tokens.isLatinWord(before) && tokens.isAdjacent(number.first) && !tokens.isLetterX(before);
    boolean dashed =
        tokens.isSign(before, '-')
            && tokens.isAdjacent(number.first)
            && tokens.isAdjacent(before)
            && tokens.isLatinWord(before - 1)
            && !speaks(before - 1);
    boolean behind = tokens.isLatinWord(after) && tokens.isAdjacent(after) && !tokens.isLetterX(after);
    boolean dashedBehind =
        tokens.isSign(after, '-')
            && tokens.isAdjacent(after)
            && tokens.isAdjacent(after + 1)
            && tokens.isLatinWord(after + 1)
            && context.after(number, OF_BARE) == null;
    return letters
        || dashed
        || (behind && context.after(number, OF_BARE) == null)
        || dashedBehind
        || (tokens.isSign(before, '#') && tokens.isAdjacent(number.first));
  }

  /** Whether a phrase that speaks of a following number ends there. */
  private boolean speaks(int token) {
    return matches.endingAt(token).stream()
        .anyMatch(match -> !match.meaning().standsAlone() && match.precedesNumber());
  }

  /** 20", 20° and 20². */
  private boolean isMeasured(DraftAmount number) {
    int after = number.last + 1;
    if (!tokens.isAdjacent(after) || !tokens.is(after, Tokens.Type.SIGN)) {
      return false;
    }
    char sign = text.charAt(tokens.start(after));
    boolean inch = sign == '"' && !tokens.isSign(number.first - 1, '"');
    return inch || sign == '°' || sign == '‰';
  }

  /** 18+ and 40+20. */
  private boolean isBeyond(DraftAmount number) {
    int plus = number.last + 1;
    boolean added =
        tokens.isSign(number.first - 1, '+')
            && tokens.isAdjacent(number.first)
            && tokens.isNumber(number.first - 2);
    return added
        || tokens.isSign(plus, '+')
            && tokens.isAdjacent(plus)
            && match(matches.beginningAt(plus + 1), Meaning.ON_TOP, false) == null;
  }

  /** A bare 2025 is a year, unless it is all there is. */
  private boolean isYear(DraftAmount number) {
    return hasWords && tokens.isYear(number.number);
  }

  private boolean isFollowedByFormerPrice(DraftAmount number) {
    return matches.beginningAt(number.last + 1).stream()
        .anyMatch(
            match ->
                match.has(Meaning.FORMER_PRICE)
                    && match.precedesNumber()
                    && match.phrase().thenWords().isEmpty());
  }

  /** "ב-17.90": the usual way to write a price without a sign. */
  private boolean isForWithCents(DraftAmount number) {
    int before = number.first - 1;
    if (tokens.isSign(before, '-')) {
      before--;
    }
    return match(matches.endingAt(before), Meaning.FOR, false) != null
        && tokens.hasCents(number.number)
        && !tokens.isDayAndMonth(number.number);
  }

  /** "Twenty percent", "fifty shekels". */
  private void numbersInWords(List<DraftAmount> numbers) {
    for (PhraseMatch match : matches.all()) {
      if (match.has(Meaning.NUMBER)) {
        DraftAmount number = new DraftAmount(match.first(), match.last(), Set.of(match.phrase().value()));
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

  private boolean isStruck(DraftAmount number) {
    return text.isStruck(tokens.start(number.number));
  }

  private @Nullable PhraseMatch match(List<PhraseMatch> candidates, Meaning meaning, boolean numberAfter) {
    PhraseMatch longest = null;
    for (PhraseMatch match : candidates) {
      boolean side = numberAfter ? match.precedesNumber() : match.followsNumber();
      boolean apart =
          match.phrase().adjacent() && !tokens.isAdjacent(numberAfter ? match.last() + 1 : match.first());
      if (match.has(meaning)
          && side
          && !apart
          && (longest == null || match.last() > longest.last())) {
        longest = match;
      }
    }
    return longest;
  }

  private Amount amount(DraftAmount amount) {
    return new Amount(
        amount.kind,
        amount.role,
        amount.readings,
        text.originalStart(tokens.start(amount.first)),
        text.originalEnd(tokens.end(amount.last)));
  }
}
