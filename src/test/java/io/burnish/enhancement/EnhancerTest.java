package io.burnish.enhancement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.profile.Violation;
import io.burnish.provider.wire.ChatPrompt;
import io.burnish.record.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnhancerTest {

  private static final String DECISION =
      "\"price\":20,\"discount_type\":\"percentage\",\"category\":[\"home\"],"
          + "\"consumer_statuses\":[\"Family\"]}";
  private static final String FIRST = "{\"ref\":1," + DECISION;
  private static final String SECOND = "{\"ref\":2," + DECISION;

  private final Profile profile = Profiles.named("discount").orElseThrow();
  private final Enhancer enhancer = new Enhancer();

  @Test
  void the_prompt_holds_each_record_under_its_ref_and_never_its_id() {
    Question asked = question(1, List.of());
    Question askedAgain = question(2, List.of("price 7 does not stand in the text"));

    ChatPrompt prompt = enhancer.prompt(profile, List.of(asked, askedAgain), 0);

    assertThat(prompt.system()).isEqualTo(profile.systemPrompt());
    assertThat(prompt.user())
        .isEqualTo(
            "{\"records\":[{\"ref\":1,\"title\":\"20% הנחה\"},{\"ref\":2,\"title\":\"20% הנחה\","
                + "\"problems\":[\"price 7 does not stand in the text\"]}]}");
    assertThat(prompt.answerSchema()).isEqualTo(profile.answerSchema());
  }

  @Test
  void a_bigger_pack_may_answer_longer() {
    int one = enhancer.prompt(profile, List.of(question(1)), 0).maxCompletionTokens();
    int two = enhancer.prompt(profile, List.of(question(1), question(2)), 0).maxCompletionTokens();

    assertThat(one).isBetween(300, 600);
    assertThat(two - one).isBetween(80, 200);
  }

  @Test
  void a_proven_answer_becomes_the_whole_record() {
    List<Verdict> verdicts = judge("{\"records\":[" + SECOND + "," + FIRST + "]}");

    assertThat(verdicts).extracting(Verdict::ref).containsExactly(1, 2);
    assertThat(verdicts).allMatch(Verdict.Accepted.class::isInstance);
    assertThat(((Verdict.Accepted) verdicts.get(0)).enhanced()).hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"records\":[%1$s,%2$s]}",
        "\uFEFF {\"records\":[%1$s,%2$s]}\n",
        "```json\n{\"records\":[%1$s,%2$s]}\n```",
        "הנה ש\"ח {לא} Here it is:\n{\"records\": [%1$s,%2$s]} Hope that helps {:}",
        "[%1$s,%2$s]",
        "Sure: [%1$s,%2$s].",
        "{\"records\":[%1$s,%2$s,]}",
        "{\"records\":[%1$s,%2$s",
        "{\"records\":[%1$s,%2$s]",
        "{\"records\":[%1$s,%2$s,{\"ref\":3,\"pri",
        "{\"records\":[%1$s,%2$s,%2$s]}",
        "{\"records\":[%1$s,%2$s,{\"ref\":9,\"price\":1}]}",
        "{\"records\":[null,7,\"x\",%1$s,[],%2$s]}"
      })
  void an_answer_is_found_in_whatever_it_is_wrapped(String wrapping) {
    assertThat(judge(wrapping.formatted(FIRST, SECOND)))
        .allMatch(Verdict.Accepted.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{%s",
        "{\"ref\":1,%s",
        "[{%s]",
        "{\"records\":[{%s]}",
        "{\"records\":{\"ref\":1,%s}",
        "{\"records\":[{\"ref\":\"1\",%s]}",
        "{\"records\":[{\"ref\":1.0,%s]}",
        "As JSON: {\"ref\":1,%s"
      })
  void a_lone_answer_to_a_lone_question_needs_no_list_and_no_ref(String form) {
    String answer = form.formatted(DECISION);

    assertThat(enhancer.judge(profile, List.of(question(1)), answer))
        .allMatch(Verdict.Accepted.class::isInstance);
  }

  /** Each holds a draft of another price before the answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>{\"records\":[%3$s,%4$s]}</think>{\"records\":[%1$s,%2$s]}",
        "<think>\nA draft: {\"records\":[%3$s,\n</think>\n```json\n{\"records\":[%1$s,%2$s]}\n```",
        "<THINKING mode=\"x\">%3$s</THINKING>[%1$s,%2$s]",
        "<reasoning>[%3$s,%4$s]</reasoning>\n{\"records\":[%1$s,%2$s]}",
        "{\"records\":[%3$s,%4$s]} no, rather </think> {\"records\":[%1$s,%2$s]}",
        "<think>so <think> {\"records\":[%3$s]} </think> {\"records\":[%3$s,%4$s]} </think>{\"records\":[%1$s,%2$s]}",
        "{\"records\":[%1$s,%2$s]}<think>or {\"records\":[%3$s,%4$s]}?",
        "[THINK]{\"records\":[%3$s,%4$s]}[/THINK]{\"records\":[%1$s,%2$s]}",
        "◁think▷{\"records\":[%3$s,%4$s]}◁/think▷{\"records\":[%1$s,%2$s]}",
        "<|channel|>analysis<|message|>{\"records\":[%3$s,%4$s]}<|end|><|start|>assistant<|channel|>final<|message|>{\"records\":[%1$s,%2$s]}<|return|>",
        "{\"records\":[%3$s,%4$s]}<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>{\"records\":[%1$s,%2$s]}",
        "<|channel|>final<|message|>{\"records\":[%3$s]}<|end|><|channel|>final<|message|>{\"records\":[%1$s,%2$s]}",
        "analysisA draft {\"records\":[%3$s,%4$s]}assistantfinal{\"records\":[%1$s,%2$s]}",
        "{\"records\":[%3$s,%4$s]}\n{\"records\":[%1$s,%2$s]}",
        "{\"records\":[%3$s,%4$s]} Better: {\"records\":[%1$s,%2$s]} Done; see {\"note\":1}",
        "{\"records\":[%3$s,{\"ref\":2,\"pri... wait. {\"records\":[%1$s,%2$s]}",
        "{\"records\":[%1$s,%2$s]} in the form {\"records\":[…]}",
        "[%3$s,%4$s] and then [%1$s,%2$s]",
        "%3$s\n%4$s\nFinally:\n%1$s\n%2$s",
        "%1$s,\n%2$s",
      })
  void of_several_documents_the_last_one_is_the_answer_and_reasoning_is_none(String form) {
    String answer =
        form.formatted(FIRST, SECOND, FIRST.replace("20", "30"), SECOND.replace("20", "30"));

    assertThat(judge(answer)).hasSize(2).allMatch(Verdict.Accepted.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"records\":[%1$s,%2$s]} Better: {\"records\":[{\"ref\":1,\"pri",
        "[%1$s,%2$s] Better: [{\"ref\":1,\"pri",
        "<think>{\"records\":[%1$s,%2$s]}",
        "<think>{\"records\":[%1$s,%2$s]}</think>",
        "{\"records\":[%1$s,%2$s]}</think> I cannot say.",
        "<|channel|>analysis<|message|>{\"records\":[%1$s,%2$s]}<|end|>",
        "<|channel|>commentary<|message|>{\"records\":[%1$s,%2$s]}",
        "[THINK]{\"records\":[%1$s,%2$s]}"
      })
  void a_draft_is_never_taken_for_an_answer_that_did_not_come(String form) {
    assertThat(judge(form.formatted(FIRST, SECOND))).allMatch(Verdict.Rejected.class::isInstance);
  }

  @Test
  void of_a_last_document_that_is_cut_off_what_is_complete_counts_and_not_the_draft() {
    String draft = "{\"records\":[" + FIRST.replace("20", "30") + "," + SECOND + "]}";

    List<Verdict> verdicts = judge(draft + " No: {\"records\":[" + FIRST + ",{\"ref\":2,\"pr");

    assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void a_lone_object_without_ref_is_found_after_its_draft() {
    String answer =
        "<think>{%s</think>As JSON: {%s".formatted(DECISION.replace("20", "30"), DECISION);

    assertThat(enhancer.judge(profile, List.of(question(1)), answer))
        .allMatch(Verdict.Accepted.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[",
        "{\"records\":",
        "{\"",
        "[{\"",
        "{ ",
        "<think>",
        "</think>",
        "< /",
        "<think ",
        "<|channel|>",
        "<|channel|>final<|message|>",
        "{\"ref\":1}",
        "{\"a\":1} ",
        "\"",
        "\\"
      })
  void endless_repetition_is_read_in_no_time(String piece) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(judge(piece.repeat(300_000))).hasSize(2));
  }

  @Test
  void a_lone_answer_with_a_foreign_ref_is_not_taken() {
    assertThat(rules(enhancer.judge(profile, List.of(question(1)), SECOND)))
        .containsExactly("answer_missing");
  }

  @Test
  void answers_without_refs_to_several_questions_are_not_guessed() {
    String answer = "[{%1$s,{%1$s]".formatted(DECISION);

    assertThat(rules(judge(answer))).containsExactly("answer_missing", "answer_missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I cannot help with that.",
        "null",
        "7",
        "\"x\"",
        "<html>502</html>",
        "{",
        "{{{",
        "}",
        "{\"",
        "[]]]"
      })
  void what_is_no_json_rejects_all(String text) {
    List<Verdict> verdicts = judge(text);

    assertThat(verdicts).hasSize(2).allMatch(Verdict.Rejected.class::isInstance);
  }

  @Test
  void text_without_json_is_told_as_such() {
    assertThat(rules(judge("I cannot help with that.")))
        .containsExactly("answer_not_json", "answer_not_json");
  }

  @Test
  void of_an_answer_cut_off_what_is_complete_counts() {
    List<Verdict> verdicts = judge("{\"records\":[" + FIRST + ",{\"ref\":2,\"price\":20,\"disc");

    assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
    assertThat(rules(verdicts)).containsExactly("answer_missing");
    assertThat(((Verdict.Rejected) verdicts.get(1)).violations().get(0).sentence())
        .contains("cut off");
  }

  @Test
  void a_missing_ref_fails_that_ref_alone() {
    List<Verdict> verdicts = judge("{\"records\":[" + SECOND + "]}");

    assertThat(verdicts.get(0)).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void a_ref_answered_twice_differently_fails_that_ref_alone() {
    String other = FIRST.replace("home", "Cars");

    List<Verdict> verdicts = judge("{\"records\":[" + FIRST + "," + other + "," + SECOND + "]}");

    assertThat(rules(verdicts)).containsExactly("answer_repeated");
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void a_key_given_twice_fails_that_record_alone() {
    String twice = FIRST.replace("\"price\":20", "\"price\":20,\"price\":30");

    List<Verdict> verdicts = judge("{\"records\":[" + twice + "," + SECOND + "]}");

    assertThat(rules(verdicts)).containsExactly("answer_missing");
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void an_unproven_answer_is_rejected_with_its_violations() {
    List<Verdict> verdicts =
        judge("{\"records\":[" + FIRST.replace("20", "30") + "," + SECOND + "]}");

    assertThat(rules(verdicts)).containsExactly("price_not_in_source");
  }

  private List<Verdict> judge(String rawAnswer) {
    return enhancer.judge(profile, List.of(question(1), question(2)), rawAnswer);
  }

  private static List<String> rules(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(Verdict.Rejected.class::isInstance)
        .flatMap(verdict -> ((Verdict.Rejected) verdict).violations().stream())
        .map(Violation::rule)
        .toList();
  }

  private static Question question(int ref) {
    return question(ref, List.of());
  }

  private static Question question(int ref, List<String> problems) {
    SourceRecord source =
        SourceRecord.of("{\"discount_id\":\"%d\",\"title\":\"20%% הנחה\"}".formatted(ref));
    return new Question(ref, source, problems, Set.of());
  }
}
