package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.PlainText;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.validation.OfferText;
import io.burnish.validation.Passage;
import io.burnish.validation.Passage.Kind;
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
      if (Saying.something(value) && !(value.isArray() && value.isEmpty())) {
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
    JsonNode value = source.tree().path(field);
    if (value.isContainerNode()) {
      passages.add(new Passage(field, kind, RecordJson.write(value)));
    } else {
      source.text(field).ifPresent(text -> passages.add(new Passage(field, kind, text)));
    }
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
        if (Saying.something(clean)) {
          cleaned.add(clean);
        }
      }
      return cleaned;
    }
    return value;
  }
}
