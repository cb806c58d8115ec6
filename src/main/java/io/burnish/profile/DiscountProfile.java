package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.validation.Answer;
import io.burnish.validation.ChoiceRule;
import io.burnish.validation.EvidenceText;
import io.burnish.validation.MembersRule;
import io.burnish.validation.NumberRule;
import io.burnish.validation.OneForAnotherRule;
import io.burnish.validation.PlainText;
import io.burnish.validation.PresenceRule;
import io.burnish.validation.PriceInSourceRule;
import io.burnish.validation.PriceRangeRule;
import io.burnish.validation.Rule;
import io.burnish.validation.Rules;
import io.burnish.validation.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Retail discounts, as the first users' site shows them. */
final class DiscountProfile implements Profile {

  private static final EvidenceText EVIDENCE =
      new EvidenceText("price", List.of("title", "description", "terms_and_conditions"));

  private static final List<Rule> FORM =
      List.of(
          new PresenceRule(DiscountFields.ANSWERED),
          new NumberRule("price"),
          new ChoiceRule("discount_type", DiscountFields.TYPES),
          new PriceRangeRule(),
          new MembersRule("category", DiscountFields.CATEGORIES, DiscountFields.MOST),
          new MembersRule("consumer_statuses", DiscountFields.STATUSES, DiscountFields.MOST));

  private static final Rules FORM_ALONE = new Rules(FORM);

  private static final Rules FORM_AND_PROOF =
      new Rules(and(FORM, new PriceInSourceRule(EVIDENCE), new OneForAnotherRule(EVIDENCE)));

  private final String prompt = resource("discount-prompt.txt");
  private final String promptVersion =
      Fingerprint.of("prompt", name(), version(), prompt, RecordJson.object())
          .hex()
          .substring(0, 12);
  private final JsonNode schema = schema();

  private static List<Rule> and(List<Rule> rules, Rule... more) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  @Override
  public String name() {
    return "discount";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String promptVersion() {
    return promptVersion;
  }

  @Override
  public Optional<String> key(SourceRecord source) {
    return source
        .text(DiscountFields.KEY)
        .filter(key -> !key.isBlank() && !key.strip().equals(DiscountFields.NOTHING));
  }

  @Override
  public List<Violation> admit(SourceRecord source) {
    if (key(source).isEmpty()) {
      return List.of(
          new Violation(
              "missing_discount_id",
              "the record has no discount_id; give it one and post it again"));
    }
    if (fieldsToRead(source).isEmpty()) {
      return List.of(
          new Violation(
              "nothing_to_enhance",
              "title, price, description and terms say nothing (empty or N/A), so there is nothing to decide on"));
    }
    return List.of();
  }

  @Override
  public ObjectNode fieldsToRead(SourceRecord source) {
    ObjectNode read = RecordJson.object();
    for (String field : DiscountFields.READ) {
      said(source.tree().path(field)).ifPresent(text -> read.put(field, text));
    }
    boolean telling = DiscountFields.TELLING.stream().anyMatch(read::has);
    return telling ? read : RecordJson.object();
  }

  private static Optional<String> said(JsonNode value) {
    if (value.isArray()) {
      List<String> members = new ArrayList<>();
      value.forEach(member -> said(member).ifPresent(members::add));
      return members.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", members));
    }
    if (!value.isValueNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = PlainText.cleaned(value.asText());
    return text.isEmpty() || text.equalsIgnoreCase(DiscountFields.NOTHING)
        ? Optional.empty()
        : Optional.of(text);
  }

  @Override
  public String systemPrompt() {
    return prompt;
  }

  @Override
  public JsonNode answerSchema() {
    return schema;
  }

  @Override
  public List<Violation> check(ObjectNode answer, SourceRecord source, Set<String> switchedOff) {
    return FORM_AND_PROOF.check(new Answer(answer, source), switchedOff);
  }

  @Override
  public ObjectNode merge(SourceRecord source, ObjectNode answer) {
    return DiscountMerge.merge(source, answer);
  }

  @Override
  public List<Violation> checkEnhanced(SourceRecord enhanced) {
    List<Violation> violations = new ArrayList<>(EnhancedDiscount.check(enhanced.tree()));
    violations.addAll(FORM_ALONE.check(new Answer(enhanced.tree(), enhanced), Set.of()));
    return violations;
  }

  private static JsonNode schema() {
    ObjectNode one = object();
    ObjectNode fields = one.putObject("properties");
    fields.putObject("ref").put("type", "integer");
    fields.putObject("price").put("type", "number");
    words(fields.putObject("discount_type").put("type", "string"), DiscountFields.TYPES);
    listOf(fields.putObject("category"), DiscountFields.CATEGORIES);
    listOf(fields.putObject("consumer_statuses"), DiscountFields.STATUSES);
    require(one, fields);
    ObjectNode whole = object();
    ObjectNode records = whole.putObject("properties").putObject("records").put("type", "array");
    records.set("items", one);
    whole.putArray("required").add("records");
    return whole;
  }

  private static ObjectNode object() {
    return RecordJson.object().put("type", "object").put("additionalProperties", false);
  }

  private static void require(ObjectNode object, ObjectNode fields) {
    ArrayNode required = object.putArray("required");
    fields.fieldNames().forEachRemaining(required::add);
  }

  private static void listOf(ObjectNode list, List<String> words) {
    words(list.put("type", "array").putObject("items").put("type", "string"), words);
  }

  private static void words(ObjectNode type, List<String> words) {
    words.forEach(type.putArray("enum")::add);
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(DiscountProfile.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the prompt can't be read from the application", e);
    }
  }
}
