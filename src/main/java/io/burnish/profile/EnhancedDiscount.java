package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/** The form of a discount that comes enhanced: all sixteen fields, each of its type. */
final class EnhancedDiscount {

  private static final List<String> TEXTS =
      List.of(
          "discount_id",
          "title",
          "description",
          "image_link",
          "discount_link",
          "terms_and_conditions",
          "valid_until",
          "coupon_code",
          "provider_link");

  private EnhancedDiscount() {}

  static List<Violation> check(ObjectNode record) {
    List<Violation> violations = new ArrayList<>();
    List<String> missing =
        DiscountFields.ENHANCED.stream().filter(field -> !record.has(field)).toList();
    if (!missing.isEmpty()) {
      violations.add(
          new Violation(
              "enhanced_field_missing", "the enhanced record lacks " + String.join(", ", missing)));
    }
    TEXTS.stream()
        .filter(field -> record.has(field) && !record.path(field).isTextual())
        .forEach(field -> violations.add(wrongType(record, field, "text")));
    List.of("club_name", "favorites").stream()
        .filter(field -> record.has(field) && !record.path(field).isArray())
        .forEach(field -> violations.add(wrongType(record, field, "a list")));
    JsonNode limit = record.path("usage_limit");
    if (record.has("usage_limit") && !limit.isIntegralNumber() && !limit.isNull()) {
      violations.add(wrongType(record, "usage_limit", "a whole number or null"));
    }
    if (record.path("discount_id").isTextual() && record.path("discount_id").asText().isBlank()) {
      violations.add(new Violation("missing_discount_id", "discount_id is empty"));
    }
    return violations;
  }

  private static Violation wrongType(ObjectNode record, String field, String wanted) {
    return new Violation(
        "enhanced_field_type", "%s must be %s, is %s".formatted(field, wanted, record.path(field)));
  }
}
