package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.amount.phrase.Lexicon;
import io.burnish.amount.phrase.LexiconEntry;
import io.burnish.amount.phrase.Meaning;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.profile.discount.text.OfferText;
import io.burnish.profile.discount.text.TextSection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Texts composed from the lexicon, with one true offer among other numbers: the true answer is
 * accepted, and each way to get it wrong is refused.
 */
class OfferPropertyTest {

  private static final List<String> SEPARATORS = List.of(". ", "\n", " | ", "; ");
  private static final List<String> LANGUAGES =
      Lexicon.builtIn().entries().stream().map(LexiconEntry::language).distinct().toList();

  @Property(tries = 1500)
  void the_true_price_is_accepted_and_no_other(@ForAll long seed) {
    Composition composed = new Composition(new Random(seed));

    OfferText text =
        OfferText.of(List.of(new TextSection("title", TextSection.Kind.TITLE, composed.text())));

    assertThat(text.proves(composed.type, composed.price)).as(composed.text()).isTrue();
    for (BigDecimal wrong : composed.wrong()) {
      assertThat(text.proves(composed.type, wrong))
          .as("%s in: %s", wrong, composed.text())
          .isFalse();
    }
    assertThat(text.proves(composed.other(), composed.price)).as(composed.text()).isFalse();
  }

  /** One offer, and a few numbers that are none. */
  private static final class Composition {

    private final Random random;
    private final String language;
    private final DiscountType type;
    private final BigDecimal price;
    private final List<String> parts = new ArrayList<>();
    private final Set<BigDecimal> others = new LinkedHashSet<>();

    Composition(Random random) {
      this.random = random;
      language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
      boolean percentage = random.nextBoolean();
      type = percentage ? DiscountType.PERCENTAGE : DiscountType.FIXED_AMOUNT;
      price =
          percentage || random.nextBoolean()
              ? BigDecimal.valueOf(11 + random.nextInt(80))
              : new BigDecimal("%d.%d5".formatted(11 + random.nextInt(900), 1 + random.nextInt(9)));
      parts.add(percentage ? price + "%" : money(price));
      for (int i = random.nextInt(4); i >= 0; i--) {
        distract();
      }
      Collections.shuffle(parts, random);
    }

    String text() {
      return String.join(SEPARATORS.get(parts.size() % SEPARATORS.size()), parts);
    }

    DiscountType other() {
      return type == DiscountType.PERCENTAGE ? DiscountType.FIXED_AMOUNT : DiscountType.PERCENTAGE;
    }

    /** What a careless reader would take for it. */
    Set<BigDecimal> wrong() {
      Set<BigDecimal> wrong = new LinkedHashSet<>(others);
      String digits = price.toPlainString();
      for (int i = 0; i < digits.length(); i++) {
        if (Character.isDigit(digits.charAt(i))) {
          add(wrong, digits.substring(0, i) + digits.substring(i + 1));
          add(wrong, digits.substring(0, i) + digits.charAt(i) + digits.substring(i));
        }
      }
      for (int i = 1; i < digits.length(); i++) {
        if (Character.isDigit(digits.charAt(i)) && Character.isDigit(digits.charAt(i - 1))) {
          String swapped = "" + digits.charAt(i) + digits.charAt(i - 1);
          add(wrong, digits.substring(0, i - 1) + swapped + digits.substring(i + 1));
        }
      }
      wrong.add(price.multiply(BigDecimal.TEN));
      wrong.add(price.multiply(BigDecimal.valueOf(100)));
      wrong.add(price.movePointLeft(1));
      for (BigDecimal other : others) {
        wrong.add(price.add(other));
        wrong.add(price.subtract(other).abs());
      }
      wrong.removeIf(value -> value.compareTo(price) == 0);
      return wrong;
    }

    private static void add(Set<BigDecimal> wrong, String digits) {
      if (digits.matches("\\d+(\\.\\d+)?")) {
        wrong.add(new BigDecimal(digits));
      }
    }

    private void distract() {
      BigDecimal number = BigDecimal.valueOf(1001 + random.nextInt(8000));
      switch (random.nextInt(6)) {
        case 0 -> phrase(Meaning.FORMER_PRICE, money(number), number);
        case 1 -> phrase(Meaning.MINIMUM_SPEND, money(number), number);
        case 2 -> phrase(Meaning.SHARE, small(2) + "%", BigDecimal.valueOf(small(2)));
        case 3 -> phrase(Meaning.UNIT, "" + small(3), BigDecimal.valueOf(small(3)));
        case 4 -> number("31.12.2026", "31.12");
        default -> number("03-5550100", "5550100");
      }
    }

    /** A number from 2 to 9, which no true price can be made into. */
    private int small(int kind) {
      return 2 + kind;
    }

    private void number(String written, String read) {
      parts.add(written);
      others.add(new BigDecimal(read));
    }

    private void phrase(Meaning meaning, String amount, BigDecimal number) {
      List<String> phrases =
          Lexicon.builtIn().entries().stream()
              .filter(entry -> entry.language().equals(language) && entry.meaning() == meaning)
              .map(LexiconEntry::phrase)
              .filter(phrase -> !phrase.contains("{") && !phrase.matches(".+#.+"))
              .toList();
      if (phrases.isEmpty()) {
        return;
      }
      String phrase = phrases.get(random.nextInt(phrases.size())).replace("… ", "");
      parts.add(phrase.contains("#") ? phrase.replace("#", amount) : amount + " " + phrase);
      others.add(number);
    }

    private String money(BigDecimal amount) {
      return random.nextBoolean() ? "₪" + amount : amount + " ₪";
    }
  }
}
