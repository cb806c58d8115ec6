package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.record.RecordJson;
import java.util.List;

/**
 * The JSON schema of an answer about discounts, in the subset for strict structured outputs: all
 * properties required, none additional, no lengths; an optional value is null (Source: Groq
 * structured-outputs page). The rules check ranges and lengths.
 */
final class DiscountSchema {

  private DiscountSchema() {}

  static ObjectNode schema() {
    ObjectNode answer = RecordJson.object();
    ObjectNode fields =
        closedObject(answer, "ref", "price", "discount_type", "category", "consumer_statuses");
    fields.putObject("ref").put("type", "integer");
    fields.putObject("price").putArray("type").add("number").add("null");
    oneOf(fields.putObject("discount_type"), DiscountType.words());
    listOf(fields.putObject("category"), DiscountVocabulary.CATEGORIES);
    listOf(fields.putObject("consumer_statuses"), DiscountVocabulary.CONSUMER_STATUSES);

    ObjectNode schema = RecordJson.object();
    ObjectNode records = closedObject(schema, "records").putObject("records");
    records.put("type", "array").set("items", answer);
    return schema;
  }

  /** Makes the schema that of an object; returns its properties. */
  private static ObjectNode closedObject(ObjectNode schema, String... required) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode names = schema.putArray("required");
    for (String name : required) {
      names.add(name);
    }
    schema.put("additionalProperties", false);
    return properties;
  }

  private static void listOf(ObjectNode schema, List<String> members) {
    schema.put("type", "array");
    oneOf(schema.putObject("items"), members);
  }

  private static void oneOf(ObjectNode schema, List<String> words) {
    schema.put("type", "string");
    words.forEach(schema.putArray("enum")::add);
  }
}
