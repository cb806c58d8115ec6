package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.FieldPresence;
import io.burnish.profile.JsonPassages;
import io.burnish.profile.Passage;
import io.burnish.profile.Passage.Kind;
import io.burnish.record.PlainText;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** What is read of a discount: by the model, and by the rules that prove its answer. */
final class DiscountReading {

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

  /** The fields that make a discount one; the others only say more about it. */
  private static final List<String> TEXT_FIELDS =
      List.of("title", "price", "description", "terms_and_conditions");

  private DiscountReading() {}

  /** The fields that say something, cleaned; empty when no text field does. */
  static ObjectNode fieldsToRead(SourceRecord source) {
    ObjectNode read = RecordJson.object();
    for (String field : FIELDS) {
      JsonNode value = cleaned(source.tree().path(field));
      if (FieldPresence.something(value) && !(value.isArray() && value.isEmpty())) {
        read.set(field, value);
      }
    }
    return TEXT_FIELDS.stream().anyMatch(read::has) ? read : RecordJson.object();
  }

  /** The text a price must stand in: price and title first, as they are the offer itself. */
  static OfferText offerText(SourceRecord source) {
    List<Passage> passages = new ArrayList<>();
    boolean percentage = source.text("discount_type").filter("percentage"::equals).isPresent();
    add(passages, percentage ? Kind.PERCENTAGE : Kind.PRICE, source, "price");
    add(passages, Kind.TITLE, source, "title");
    add(passages, Kind.PROSE, source, "description");
    add(passages, Kind.PROSE, source, "terms_and_conditions");
    return OfferText.of(passages);
  }

  private static void add(List<Passage> passages, Kind kind, SourceRecord source, String field) {
    passages.addAll(JsonPassages.of(field, kind, source.tree().path(field)));
  }

  /**
   * Text without what says nothing; lists without their silent members; other values as they are.
   */
  private static JsonNode cleaned(JsonNode value) {
    if (value.isTextual()) {
      return JsonNodeFactory.instance.textNode(PlainText.of(value.textValue()));
    }
    if (value instanceof ArrayNode list) {
      ArrayNode cleaned = list.arrayNode(list.size());
      for (JsonNode member : list) {
        JsonNode clean = cleaned(member);
        if (FieldPresence.something(clean)) {
          cleaned.add(clean);
        }
      }
      return cleaned;
    }
    return value;
  }
}
