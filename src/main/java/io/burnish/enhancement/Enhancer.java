package io.burnish.enhancement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.profile.TokenSizes;
import io.burnish.profile.Violation;
import io.burnish.provider.ChatPrompt;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks about records and judges the answers. Stateless and thread-safe. */
@Singleton
public final class Enhancer {

  /**
   * What gpt-oss with low effort thinks before it writes, however many records there are. Thinking
   * counts as completion (Source: Groq reasoning page).
   */
  private static final int THINKING_TOKENS = 256;

  /** What it thinks about each record. */
  private static final int THINKING_TOKENS_PER_RECORD = 40;

  /** What the frame of messages adds to their texts (Source: reference groq-api.md §8). */
  private static final int FRAME_TOKENS = 60;

  /** Fewer than any text has that we met: Hebrew some 2.6, English some 4.5 (o200k, measured). */
  private static final int CHARACTERS_A_TOKEN = 2;

  private final Map<String, Integer> frames = new ConcurrentHashMap<>();

  /**
   * The prompt for these questions.
   *
   * @param questions one at least, with distinct refs
   * @param doublings how often the usual maximum of the answer was found too small; 0 at first
   */
  public ChatPrompt prompt(Profile profile, List<Question> questions, int doublings) {
    ObjectNode document = RecordJson.object();
    ArrayNode records = document.putArray("records");
    questions.forEach(question -> records.add(asked(profile, question)));
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
    return THINKING_TOKENS + records * (THINKING_TOKENS_PER_RECORD + sizes.answer());
  }

  /** Tokens of a prompt without any record: instructions, schema, frame. */
  public int frameTokens(Profile profile) {
    return frames.computeIfAbsent(
        profile.name(),
        name ->
            FRAME_TOKENS
                + TokenCount.of(profile.systemPrompt())
                + TokenCount.of(profile.answerSchema().toString()));
  }

  /** Tokens that a record adds to a prompt, counted. */
  public int tokens(Profile profile, Question question) {
    return 1 + TokenCount.of(RecordJson.write(asked(profile, question)));
  }

  /**
   * Tokens that a record adds to a prompt, estimated to the high side by all that it says, read or
   * not: for models without limits, where counting would take as long as all else together.
   */
  public int tokensAtMost(Question question) {
    int problems = question.problems().stream().mapToInt(String::length).sum();
    return 1 + (question.source().json().length() + problems) / CHARACTERS_A_TOKEN;
  }

  /**
   * A verdict for each question, in their order. Never throws for what a model may have written:
   * text that is no JSON, fenced, cut off, or with missing, foreign or repeated refs, is a
   * rejection of the records it concerns. An error of a rule concerns its record alone.
   */
  public List<Verdict> judge(Profile profile, List<Question> questions, String rawAnswer) {
    Answers answers = Answers.in(rawAnswer, questions);
    return questions.stream().map(question -> verdict(profile, question, answers)).toList();
  }

  private static ObjectNode asked(Profile profile, Question question) {
    ObjectNode asked = RecordJson.object();
    asked.put("ref", question.ref());
    asked.setAll(profile.fieldsToRead(question.source()));
    if (!question.problems().isEmpty()) {
      question.problems().forEach(asked.putArray("problems")::add);
    }
    return asked;
  }

  private static Verdict verdict(Profile profile, Question question, Answers answers) {
    Optional<Violation> unusable = answers.objection(question.ref());
    if (unusable.isPresent()) {
      return new Verdict.Rejected(question.ref(), List.of(unusable.get()), Optional.empty());
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
    String said = RecordJson.write(answer);
    return judgement instanceof Judgement.Unanswerable unanswerable
        ? new Verdict.Unanswerable(ref, unanswerable.reason(), said)
        : new Verdict.Rejected(ref, judgement.violations(), Optional.of(said));
  }
}
