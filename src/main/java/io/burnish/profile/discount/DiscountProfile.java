package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.amount.phrase.Lexicon;
import io.burnish.profile.FieldPresence;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Prompt;
import io.burnish.profile.StateFileFields;
import io.burnish.profile.TokenSizes;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.DiscountReading;
import io.burnish.record.SourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A retail discount: its price, type, categories and consumer statuses. A text that certainly names
 * no price is not admitted, because each answer would be refused and paid for. If that is not
 * certain, the model is asked and may answer null.
 */
public final class DiscountProfile implements Profile {

  private static final Violation MISSING_ID =
      new Violation(
          "missing_discount_id",
          "the record has no discount_id: give it one that is not empty and not N/A");
  private static final Violation NOTHING_TO_ENHANCE =
      new Violation(
          "nothing_to_enhance",
          "title, price, description and terms_and_conditions are all empty or N/A");
  private static final Violation NO_PRICE =
      new Violation(
          AnswerRules.NO_PRICE_IN_SOURCE,
          "neither a price nor a percentage from 1 to 100 nor a free or one-plus-one offer stands in the text, so no answer could be proven by it");

  /**
   * Measured, docs/benchmarks.md. The answer has five members in each list, and some tokens to
   * spare.
   */
  private static final TokenSizes SIZES = new TokenSizes(900, 450, 80);

  private static final StateFileFields STATE_FILE =
      new StateFileFields("processed_discounts", "failed_discounts");

  private final AnswerRules rules =
      new AnswerRules(DiscountVocabulary.CATEGORIES, DiscountVocabulary.CONSUMER_STATUSES);
  private final String answerSchema = DiscountSchema.schema().toString();
  private final Prompt prompt = Prompt.fromResource(DiscountProfile.class, "prompt.txt");

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
    return prompt.version();
  }

  @Override
  public String proofVersion() {
    return Lexicon.builtIn().hash();
  }

  @Override
  public TokenSizes sizes() {
    return SIZES;
  }

  @Override
  public Optional<StateFileFields> stateFile() {
    return Optional.of(STATE_FILE);
  }

  @Override
  public Optional<String> key(SourceRecord source) {
    return FieldPresence.hasContent(source.tree().path("discount_id"))
        ? source.text("discount_id").map(String::strip)
        : Optional.empty();
  }

  @Override
  public ObjectNode fieldsToRead(SourceRecord source) {
    return DiscountReading.fieldsToRead(source);
  }

  @Override
  public List<Violation> admit(SourceRecord source, Set<String> switchedOff) {
    List<Violation> violations = new ArrayList<>();
    if (key(source).isEmpty()) {
      violations.add(MISSING_ID);
    }
    if (fieldsToRead(source).isEmpty()) {
      violations.add(NOTHING_TO_ENHANCE);
    } else if (!switchedOff.contains(PriceInSourceRule.NAME)
        && !switchedOff.contains(NO_PRICE.rule())
        && !DiscountReading.offerText(source).mayNamePrice()) {
      violations.add(NO_PRICE);
    }
    return List.copyOf(violations);
  }

  @Override
  public List<String> ruleNames() {
    List<String> names = new ArrayList<>(rules.names());
    names.add(NO_PRICE.rule());
    return List.copyOf(names);
  }

  @Override
  public Map<String, String> ruleSentences() {
    Map<String, String> sentences = new LinkedHashMap<>(rules.sentences());
    sentences.put(
        NO_PRICE.rule(),
        "a price, a percentage from 1 to 100, or a free or one-plus-one offer stands in the text");
    sentences.put(
        NOTHING_TO_ENHANCE.rule(),
        "one of title, price, description and terms_and_conditions says something");
    sentences.put(MISSING_ID.rule(), "the record has a discount_id that is not empty and not N/A");
    sentences.put(
        EnhancedDiscount.FIELD_TYPE, "each field of an enhanced record has its JSON type");
    return sentences;
  }

  @Override
  public String unansweredRule() {
    return AnswerRules.PRICE_NOT_ANSWERED;
  }

  @Override
  public String systemPrompt() {
    return prompt.text();
  }

  @Override
  public String answerSchema() {
    return answerSchema;
  }

  @Override
  public Judgement judge(ObjectNode answer, SourceRecord source, Set<String> switchedOff) {
    return rules.judge(answer, DiscountReading.offerText(source), switchedOff);
  }

  @Override
  public ObjectNode merge(SourceRecord source, ObjectNode answer) {
    return DiscountMerge.merge(source.tree(), answer);
  }

  @Override
  public List<Violation> checkEnhanced(SourceRecord enhanced) {
    List<Violation> violations = new ArrayList<>();
    if (key(enhanced).isEmpty()) {
      violations.add(MISSING_ID);
    }
    violations.addAll(EnhancedDiscount.check(enhanced.tree()));
    violations.addAll(rules.checkForm(enhanced.tree()));
    return List.copyOf(violations);
  }
}
