package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.FieldsPresentRule;
import io.burnish.profile.Violation;
import java.util.ArrayList;
import java.util.List;

/** The form of an enhanced discount: 16 fields, each of its type. */
final class EnhancedDiscount {

  private static final List<String> TEXT =
      List.of(
          "title",
          "description",
          "image_link",
          "discount_link",
          "terms_and_conditions",
          "valid_until",
          "coupon_code",
          "provider_link");

  private static final List<String> LISTS = List.of("club_name", "favorites");

  /** The fields that no rule on answers checks. */
  private static final List<String> COPIED =
      List.of(
          "discount_id",
          "title",
          "description",
          "image_link",
          "discount_link",
          "terms_and_conditions",
          "club_name",
          "valid_until",
          "usage_limit",
          "coupon_code",
          "provider_link",
          "favorites");

  /** The code of a field of the wrong JSON type. */
  static final String FIELD_TYPE = "field_type";

  private EnhancedDiscount() {}

  /** The violations of the copied fields; empty if there are none. */
  static List<Violation> check(ObjectNode enhanced) {
    List<Violation> violations = new ArrayList<>();
    List<String> missing = COPIED.stream().filter(field -> !enhanced.has(field)).toList();
    if (!missing.isEmpty()) {
      violations.add(
          new Violation(
              FieldsPresentRule.NAME, "not in the record: " + String.join(", ", missing)));
    }
    for (String field : TEXT) {
      JsonNode value = enhanced.path(field);
      require(
          value.isMissingNode() || value.isTextual() || value.isNumber(),
          field,
          "a text",
          violations);
    }
    for (String field : LISTS) {
      JsonNode value = enhanced.path(field);
      require(value.isMissingNode() || value.isArray(), field, "a list", violations);
    }
    JsonNode limit = enhanced.path("usage_limit");
    require(
        limit.isMissingNode() || limit.isNull() || limit.isIntegralNumber(),
        "usage_limit",
        "a whole number or null",
        violations);
    return violations;
  }

  private static void require(
      boolean holds, String field, String what, List<Violation> violations) {
    if (!holds) {
      violations.add(new Violation(FIELD_TYPE, field + " must be " + what));
    }
  }
}
