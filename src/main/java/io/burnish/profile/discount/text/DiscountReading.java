package io.burnish.profile.discount.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.FieldPresence;
import io.burnish.profile.discount.text.TextSection.Kind;
import io.burnish.record.PlainText;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** Reads a discount: for the model, and for the rules that prove its answer. */
public final class DiscountReading {

  private static final List<String> FIELDS =
      List.of(
          "title",
          "price",
          "discount_type",
          "category",
          "description",
          "terms_and_conditions",
          "club_name",
          "coupon_code");

  /** A record needs content in one of these; the other fields only add to it. */
  private static final List<String> TEXT_FIELDS =
      List.of("title", "price", "description", "terms_and_conditions");

  private DiscountReading() {}

  /** The fields with content, without invisible characters; empty if no text field has content. */
  public static ObjectNode fieldsToRead(SourceRecord source) {
    ObjectNode read = RecordJson.object();
    for (String field : FIELDS) {
      JsonNode value = cleaned(source.tree().path(field));
      if (FieldPresence.hasContent(value) && !(value.isArray() && value.isEmpty())) {
        read.set(field, value);
      }
    }
    return TEXT_FIELDS.stream().anyMatch(read::has) ? read : RecordJson.object();
  }

  /**
   * The text that must contain the price. Price and title come first: they are the offer itself.
   */
  public static OfferText offerText(SourceRecord source) {
    List<TextSection> sections = new ArrayList<>();
    boolean percentage = source.text("discount_type").filter("percentage"::equals).isPresent();
    add(sections, percentage ? Kind.PERCENTAGE : Kind.PRICE, source, "price");
    add(sections, Kind.TITLE, source, "title");
    add(sections, Kind.PROSE, source, "description");
    add(sections, Kind.PROSE, source, "terms_and_conditions");
    return OfferText.of(sections);
  }

  private static void add(
      List<TextSection> sections, Kind kind, SourceRecord source, String field) {
    sections.addAll(JsonSections.of(field, kind, source.tree().path(field)));
  }

  /**
   * Text without invisible characters; lists without members that have no content; other values
   * unchanged.
   */
  private static JsonNode cleaned(JsonNode value) {
    if (value.isTextual()) {
      return JsonNodeFactory.instance.textNode(PlainText.of(value.textValue()));
    }
    if (value instanceof ArrayNode list) {
      ArrayNode cleaned = list.arrayNode(list.size());
      for (JsonNode member : list) {
        JsonNode clean = cleaned(member);
        if (FieldPresence.hasContent(clean)) {
          cleaned.add(clean);
        }
      }
      return cleaned;
    }
    return value;
  }
}
