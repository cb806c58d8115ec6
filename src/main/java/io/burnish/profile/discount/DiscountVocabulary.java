package io.burnish.profile.discount;

import java.util.List;

/** The closed sets of a discount's answer. Source: the site that shows them, with its spelling. */
final class DiscountVocabulary {

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

  static final List<String> CONSUMER_STATUSES =
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

  private DiscountVocabulary() {}
}
