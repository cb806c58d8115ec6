package io.burnish.profile;

import java.util.List;

/** The fields and words of a discount. Source: the rules of the system that Burnish replaces. */
final class DiscountFields {

  static final String KEY = "discount_id";
  static final String NOTHING = "N/A";

  static final List<String> TYPES =
      List.of("percentage", "fixed_amount", "buy_one_get_one", "Cost");

  static final List<String> CATEGORIES =
      List.of(
          "Consumerism",
          "Travel and Vacation",
          "Culture and Leisure",
          "Cars",
          "Insurance",
          "Finance and Banking",
          "lifestyle",
          "home",
          "electronics",
          "books");

  static final List<String> STATUSES =
      List.of(
          "Young",
          "Senior",
          "Homeowner",
          "Traveler",
          "Tech",
          "Pets",
          "Fitness",
          "Student",
          "Remote",
          "Family",
          "Parent",
          "Military/Veteran",
          "Digital Nomad",
          "First-time Buyer",
          "Retiree",
          "Single",
          "Renter");

  /** Most words in one list. */
  static final int MOST = 5;

  /** What a model reads, in this order. */
  static final List<String> READ =
      List.of(
          "title",
          "price",
          "discount_type",
          "category",
          "description",
          "terms_and_conditions",
          "club_name",
          "coupon_code");

  /** Those without which there is nothing to decide on. */
  static final List<String> TELLING =
      List.of("title", "price", "description", "terms_and_conditions");

  /** What a model decides. */
  static final List<String> ANSWERED =
      List.of("price", "discount_type", "category", "consumer_statuses");

  /** The enhanced record, in this order. */
  static final List<String> ENHANCED =
      List.of(
          "discount_id",
          "title",
          "price",
          "discount_type",
          "description",
          "image_link",
          "discount_link",
          "terms_and_conditions",
          "club_name",
          "category",
          "valid_until",
          "usage_limit",
          "coupon_code",
          "provider_link",
          "consumer_statuses",
          "favorites");

  private DiscountFields() {}
}
