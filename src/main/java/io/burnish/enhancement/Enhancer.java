package io.burnish.enhancement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.profile.TokenSizes;
import io.burnish.profile.Violation;
import io.burnish.provider.wire.ChatPrompt;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Builds prompts about records, and judges the answers. Stateless and thread-safe. */
@Singleton
public final class Enhancer {

  /**
   * Reasoning of gpt-oss with low effort, for any number of records. Reasoning counts as completion
   * (Source: Groq reasoning page).
   */
  private static final int REASONING_TOKENS = 256;

  /** Reasoning about each record. */
  private static final int REASONING_TOKENS_PER_RECORD = 40;

  /** Tokens of the message frame (Source: reference groq-api.md §8). */
  private static final int FRAME_TOKENS = 60;

  /** Lower bound: Hebrew has some 2.6, English some 4.5 (o200k, measured). */
  private static final int CHARACTERS_PER_TOKEN = 2;

  private final Map<String, Integer> frames = new ConcurrentHashMap<>();

  /**
   * The prompt for these questions.
   *
   * @param questions at least one, with distinct refs
   * @param doublings how often the maximum of completion tokens is doubled after a truncation; 0 at
   *     first
   */
  public ChatPrompt prompt(Profile profile, List<Question> questions, int doublings) {
    ObjectNode document = RecordJson.object();
    ArrayNode records = document.putArray("records");
    questions.forEach(question -> records.add(entry(profile, question)));
    return new ChatPrompt(
        profile.systemPrompt(),
        RecordJson.write(document),
        profile.answerSchema(),
        answerTokens(profile.sizes(), questions.size()) << doublings);
  }

  /**
   * The completion tokens reserved for a call about so many records, reasoning included; the most
   * of any profile.
   */
  public static int answerTokens(int records) {
    return answerTokens(Profiles.largestSizes(), records);
  }

  private static int answerTokens(TokenSizes sizes, int records) {
    return REASONING_TOKENS + records * (REASONING_TOKENS_PER_RECORD + sizes.answer());
  }

  /** Tokens of a prompt without any record: instructions, schema, frame. */
  public int frameTokens(Profile profile) {
    return frames.computeIfAbsent(
        profile.name(),
        name ->
            FRAME_TOKENS
                + TokenCount.of(profile.systemPrompt())
                + TokenCount.of(profile.answerSchema()));
  }

  /** Tokens that a record adds to a prompt, counted. */
  public int tokens(Profile profile, Question question) {
    return 1 + TokenCount.of(RecordJson.write(entry(profile, question)));
  }

  /**
   * Upper bound of the tokens that a record adds to a prompt, by the length of all its fields. For
   * models without limits, where counting would cost as much as everything else.
   */
  public int tokensAtMost(Question question) {
    int problems = question.problems().stream().mapToInt(String::length).sum();
    return 1 + (question.source().json().length() + problems) / CHARACTERS_PER_TOKEN;
  }

  /**
   * A verdict for each question, in their order. Does not throw for any text of a model: invalid
   * JSON, fences, truncation, and missing, unknown or repeated refs reject the records that they
   * concern. An error in a rule concerns its record alone.
   */
  public List<Verdict> judge(Profile profile, List<Question> questions, String rawAnswer) {
    Answers answers = Answers.in(rawAnswer, questions);
    return questions.stream().map(question -> verdict(profile, question, answers)).toList();
  }

  private static ObjectNode entry(Profile profile, Question question) {
    ObjectNode entry = RecordJson.object();
    entry.put("ref", question.ref());
    entry.setAll(profile.fieldsToRead(question.source()));
    if (!question.problems().isEmpty()) {
      question.problems().forEach(entry.putArray("problems")::add);
    }
    return entry;
  }

  private static Verdict verdict(Profile profile, Question question, Answers answers) {
    Optional<Violation> missing = answers.missing(question.ref());
    if (missing.isPresent()) {
      return new Verdict.Rejected(question.ref(), List.of(missing.get()), Optional.empty());
    }
    try {
      return judged(profile, question, answers.to(question.ref()));
    } catch (RuntimeException e) {
      return new Verdict.NotJudged(question.ref(), e);
    }
  }

  private static Verdict judged(Profile profile, Question question, ObjectNode answer) {
    int ref = question.ref();
    Judgement judgement = profile.judge(answer, question.source(), question.rulesOff());
    if (judgement instanceof Judgement.Accepted accepted) {
      return new Verdict.Accepted(
          ref, profile.merge(question.source(), answer), accepted.evidence());
    }
    String answered = RecordJson.write(answer);
    return judgement instanceof Judgement.Unanswerable unanswerable
        ? new Verdict.Unanswerable(ref, unanswerable.reason(), answered)
        : new Verdict.Rejected(ref, judgement.violations(), Optional.of(answered));
  }
}
