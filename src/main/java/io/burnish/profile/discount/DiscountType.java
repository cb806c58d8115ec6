package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a price is the number of. */
public enum DiscountType {
  /** A part of the price is taken off: 1 to 100. */
  PERCENTAGE("percentage", "from 1 to 100") {
    @Override
    boolean allows(BigDecimal price) {
      return price.compareTo(BigDecimal.ONE) >= 0 && price.compareTo(HUNDRED) <= 0;
    }
  },

  /** An amount of money; the site shows it as the final price. Over 0. */
  FIXED_AMOUNT("fixed_amount", "over 0") {
    @Override
    boolean allows(BigDecimal price) {
      return isAmount(price);
    }
  },

  /** One more of the same at no charge: exactly 1. */
  BUY_ONE_GET_ONE("buy_one_get_one", "exactly 1") {
    @Override
    boolean allows(BigDecimal price) {
      return price.compareTo(BigDecimal.ONE) == 0;
    }
  },

  /** A charge that is no discount, such as a fee or a deposit. Over 0. */
  COST("Cost", "over 0") {
    @Override
    boolean allows(BigDecimal price) {
      return isAmount(price);
    }
  };

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Beyond this no retail price is meant; it also bounds what an answer can make us print. */
  private static final BigDecimal LARGEST_AMOUNT = BigDecimal.valueOf(1_000_000_000);

  private final String word;
  private final String range;

  DiscountType(String word, String range) {
    this.word = word;
    this.range = range;
  }

  /** Whether a price of this type can be that number. */
  abstract boolean allows(BigDecimal price);

  /** The exact word in answers and records. */
  public String word() {
    return word;
  }

  /** The allowed prices in words. */
  String range() {
    return range;
  }

  /** The exact words of all types. */
  public static List<String> words() {
    return Arrays.stream(values()).map(DiscountType::word).toList();
  }

  /** The type an answer names; empty unless its word is exact. */
  static Optional<DiscountType> in(ObjectNode answer) {
    JsonNode named = answer.path("discount_type");
    return Arrays.stream(values())
        .filter(type -> named.isTextual() && type.word.equals(named.textValue()))
        .findFirst();
  }

  private static boolean isAmount(BigDecimal price) {
    return price.signum() > 0 && price.compareTo(LARGEST_AMOUNT) <= 0;
  }
}
