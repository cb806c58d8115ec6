package io.burnish.profile.discount.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the price of a discount means. */
public enum DiscountType {
  /** Percent off the price: 1 to 100. */
  PERCENTAGE("percentage", "from 1 to 100") {
    @Override
    public boolean allows(BigDecimal price) {
      return price.compareTo(BigDecimal.ONE) >= 0 && price.compareTo(HUNDRED) <= 0;
    }
  },

  /** An amount of money, which the site shows as the final price; greater than 0. */
  FIXED_AMOUNT("fixed_amount", "over 0") {
    @Override
    public boolean allows(BigDecimal price) {
      return isAmount(price);
    }
  },

  /** A second item free: exactly 1. */
  BUY_ONE_GET_ONE("buy_one_get_one", "exactly 1") {
    @Override
    public boolean allows(BigDecimal price) {
      return price.compareTo(BigDecimal.ONE) == 0;
    }
  },

  /** A charge that is no discount, such as a fee or a deposit; greater than 0. */
  COST("Cost", "over 0") {
    @Override
    public boolean allows(BigDecimal price) {
      return isAmount(price);
    }
  };

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** No retail price is higher; also bounds the length of our sentences. */
  private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000_000);

  private static final Map<String, DiscountType> BY_WORD = byWord();

  private final String word;
  private final String range;

  DiscountType(String word, String range) {
    this.word = word;
    this.range = range;
  }

  /** Whether a price of this type can have that value. */
  public abstract boolean allows(BigDecimal price);

  /** The word in answers and records. */
  public String word() {
    return word;
  }

  /** The range of prices, in words. */
  public String range() {
    return range;
  }

  /** The words of all types. */
  public static List<String> words() {
    return Arrays.stream(values()).map(DiscountType::word).toList();
  }

  /** The type that an answer names; empty unless it is one of the words. */
  public static Optional<DiscountType> in(ObjectNode answer) {
    return Optional.ofNullable(BY_WORD.get(answer.path("discount_type").textValue()));
  }

  /** Accepts null keys, which a field that is no text has. */
  private static Map<String, DiscountType> byWord() {
    Map<String, DiscountType> byWord = new HashMap<>();
    for (DiscountType type : values()) {
      byWord.put(type.word, type);
    }
    return byWord;
  }

  private static boolean isAmount(BigDecimal price) {
    return price.signum() > 0 && price.compareTo(MAX_AMOUNT) <= 0;
  }
}
