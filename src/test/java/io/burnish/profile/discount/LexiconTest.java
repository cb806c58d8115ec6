package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.amount.AmountReader;
import io.burnish.amount.phrase.Lexicon;
import io.burnish.amount.phrase.LexiconEntry;
import io.burnish.amount.phrase.Meaning;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.profile.discount.text.OfferText;
import io.burnish.profile.discount.text.TextSection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each entry of the lexicon is shown by its example: {@code text => price type} is accepted in a
 * title, {@code text =/> price type} refused in a price field, and without the entry it is the
 * other way round.
 */
class LexiconTest {

  private static final Lexicon LEXICON = Lexicon.builtIn();
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)(.+) =(/?)> ([\\d.]+) (percent|money|one_plus_one)");

  @Test
  void each_example_holds() {
    List<String> fallen = new ArrayList<>();
    AmountReader reader = new AmountReader(LEXICON);

    for (LexiconEntry entry : LEXICON.entries()) {
      if (!holds(entry, reader)) {
        fallen.add(entry.toString());
      }
    }

    assertThat(fallen).isEmpty();
  }

  @Test
  @Tag("slow")
  void without_its_entry_each_example_falls() {
    List<String> needless = new ArrayList<>();

    for (LexiconEntry entry : LEXICON.entries()) {
      if (holds(entry, new AmountReader(LEXICON.only(other -> !other.equals(entry))))) {
        needless.add(entry.toString());
      }
    }

    assertThat(needless).isEmpty();
  }

  @Test
  void no_entry_changes_an_example_of_another_language() {
    List<String> changed = new ArrayList<>();
    for (String language :
        LEXICON.entries().stream().map(LexiconEntry::language).distinct().toList()) {
      AmountReader alone =
          new AmountReader(
              LEXICON.only(
                  entry ->
                      entry.language().equals(language) || entry.meaning() == Meaning.CURRENCY));
      for (LexiconEntry entry : LEXICON.entries()) {
        if (entry.language().equals(language) && !holds(entry, alone)) {
          changed.add(entry.toString());
        }
      }
    }

    assertThat(changed).isEmpty();
  }

  private static boolean holds(LexiconEntry entry, AmountReader reader) {
    Matcher example = EXAMPLE.matcher(entry.example());
    assertThat(example.matches()).as("the example of %s", entry).isTrue();
    boolean accepted = example.group(2).isEmpty();
    TextSection.Kind kind = accepted ? TextSection.Kind.TITLE : TextSection.Kind.PRICE;
    OfferText text = OfferText.of(List.of(new TextSection("text", kind, example.group(1))), reader);
    return text.proves(type(example.group(4)), new BigDecimal(example.group(3))) == accepted;
  }

  private static DiscountType type(String word) {
    return switch (word) {
      case "percent" -> DiscountType.PERCENTAGE;
      case "money" -> DiscountType.FIXED_AMOUNT;
      default -> DiscountType.BUY_ONE_GET_ONE;
    };
  }
}
