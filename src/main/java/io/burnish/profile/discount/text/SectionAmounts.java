package io.burnish.profile.discount.text;

import io.burnish.amount.Amount;
import io.burnish.amount.AmountKind;
import io.burnish.amount.AmountReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The amounts of one section, read when they are first asked for. Thread-safe: two threads at once
 * read the same amounts twice.
 */
final class SectionAmounts {

  /** A longer price field is a sentence, where a number can count anything. */
  private static final int MAX_TERSE_PRICE = 40;

  private final TextSection section;
  private final AmountReader reader;
  private @Nullable List<OfferAmount> amounts;

  SectionAmounts(TextSection section, AmountReader reader) {
    this.section = section;
    this.reader = reader;
  }

  /** Whether it is the price field or the title. */
  boolean isOffer() {
    return section.isOffer();
  }

  /** The amounts in the order of the text. */
  List<OfferAmount> amounts() {
    List<OfferAmount> known = amounts;
    if (known == null) {
      known = offerAmounts();
      amounts = known;
    }
    return known;
  }

  private List<OfferAmount> offerAmounts() {
    List<Amount> read = read();
    boolean trusted = isTerse(read);
    return read.stream().map(amount -> new OfferAmount(section, amount, trusted)).toList();
  }

  private List<Amount> read() {
    int before = section.context().length();
    if (before == 0) {
      return reader.read(section.text());
    }
    return reader.read(section.context() + section.text()).stream()
        .filter(amount -> amount.start() >= before)
        .map(amount -> amount.earlier(before))
        .toList();
  }

  /** In a sentence, or beside money or a percentage, a bare number counts something else. */
  private boolean isTerse(List<Amount> read) {
    boolean explained =
        read.stream()
            .anyMatch(
                amount ->
                    amount.isOffered()
                        && (amount.kind() == AmountKind.MONEY
                            || amount.kind() == AmountKind.PERCENT));
    return !explained && section.text().length() <= MAX_TERSE_PRICE;
  }
}
