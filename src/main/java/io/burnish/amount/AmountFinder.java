package io.burnish.amount;

import io.burnish.amount.phrase.Lexicon;
import io.burnish.amount.phrase.Meaning;
import io.burnish.amount.phrase.PhraseMatch;
import io.burnish.amount.phrase.PhraseMatcher;
import io.burnish.amount.phrase.PhraseMatches;
import io.burnish.amount.text.NormalText;
import io.burnish.amount.text.TextNormalizer;
import io.burnish.amount.token.Tokenizer;
import io.burnish.amount.token.Tokens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds the amounts of one text: numbers with a sign or word ({@link SignedNumbers}), numbers
 * without ({@link BareNumbers}), and offers in words ({@link WordedOffers}). Not thread-safe.
 */
final class AmountFinder {

  /** Tokens between money and its hundredths: a currency and a small word. */
  private static final int MAX_BETWEEN = 3;

  private final NormalText text;
  private final Tokens tokens;
  private final PhraseMatches matches;
  private final Currencies currencies;
  private final SignedNumbers signed;
  private final BareNumbers bare;
  private final Fillers fillers;
  private final BitSet excluded;
  private final List<DraftAmount> offersInWords;

  private AmountFinder(NormalText text, Lexicon lexicon) {
    this.text = text;
    tokens = Tokenizer.tokens(text, lexicon.vocabulary());
    matches = PhraseMatcher.matches(tokens, lexicon.phrases());
    currencies = new Currencies(tokens, matches);
    NumberMerger.merge(tokens, currencies);
    excluded = Exclusions.in(tokens, currencies);
    WordedOffers worded = new WordedOffers(tokens, matches, currencies);
    offersInWords = worded.offers();
    excluded.or(worded.numbers());
    BitSet pricesOfSeveral = MultiBuy.prices(tokens, matches, currencies, excluded);
    fillers = new Fillers(tokens, matches);
    NumberContext context = new NumberContext(tokens, matches, fillers);
    signed =
        new SignedNumbers(
            tokens,
            matches,
            currencies,
            new NumberRoles(tokens, matches, context),
            pricesOfSeveral);
    bare = new BareNumbers(tokens, matches, context);
  }

  /** All amounts, in the order of the text. */
  static List<Amount> amounts(String text, Lexicon lexicon) {
    if (text.isEmpty()) {
      return List.of();
    }
    AmountFinder finder = new AmountFinder(TextNormalizer.normal(text), lexicon);
    List<DraftAmount> numbers = finder.withCents(finder.numbers());
    new Ranges(finder.tokens, finder.matches).share(numbers);
    return finder.merged(numbers);
  }

  private List<Amount> merged(List<DraftAmount> numbers) {
    List<DraftAmount> all = new ArrayList<>(offersInWords);
    all.addAll(numbers);
    all.sort(Comparator.comparingInt(amount -> amount.first));
    List<Amount> amounts = new ArrayList<>(all.size());
    for (DraftAmount amount : all) {
      if (!amount.readings.isEmpty()) {
        amounts.add(amount(amount));
      }
    }
    return amounts;
  }

  private Amount amount(DraftAmount amount) {
    return new Amount(
        amount.kind,
        amount.role,
        amount.readings,
        text.originalStart(tokens.start(amount.first)),
        text.originalEnd(tokens.end(amount.last)));
  }

  private List<DraftAmount> numbers() {
    List<DraftAmount> numbers = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isNumber(i)) {
        numbers.add(number(i));
      }
    }
    if (addNumbersInWords(numbers)) {
      numbers.sort(Comparator.comparingInt(number -> number.number));
    }
    return numbers;
  }

  private DraftAmount number(int token) {
    Set<BigDecimal> readings = tokens.readings(token);
    DraftAmount number = new DraftAmount(token, tokens.last(token), readings);
    if (readings.isEmpty() || excluded.get(token)) {
      return number.as(AmountKind.BARE, AmountRole.NOT_AN_OFFER);
    }
    DraftAmount explained = signed.read(number);
    return explained != null ? explained : bare.read(number);
  }

  /** "Twenty percent", "fifty shekels". */
  private boolean addNumbersInWords(List<DraftAmount> numbers) {
    int before = numbers.size();
    for (PhraseMatch match : matches.all()) {
      if (match.has(Meaning.NUMBER)) {
        DraftAmount number =
            signed.readInWords(
                new DraftAmount(match.first(), match.last(), Set.of(match.phrase().value())));
        if (number != null) {
          numbers.add(number);
        }
      }
    }
    return numbers.size() > before;
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
    return cents.isMinor
        && money.kind == AmountKind.MONEY
        && money.isOffered()
        && money.readings.size() == 1
        && money.readings.iterator().next().scale() <= 0
        && cents.first - money.last <= MAX_BETWEEN
        && fillers.areFillers(money.last + 1, cents.first);
  }

  private static DraftAmount sum(DraftAmount money, DraftAmount cents) {
    BigDecimal sum = money.readings.iterator().next().add(cents.readings.iterator().next());
    return new DraftAmount(money.number, cents.last, Set.of(sum))
        .from(money.first)
        .as(money.kind, money.role);
  }
}
