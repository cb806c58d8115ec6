package io.burnish.enhancement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.enhancement.Verdict.Accepted;
import io.burnish.enhancement.Verdict.Rejected;
import io.burnish.profile.Profile;
import io.burnish.provider.ChatPrompt;
import io.burnish.record.RecordJson;
import io.burnish.validation.Violation;
import jakarta.inject.Singleton;
import java.util.List;

/** Asks about records and judges the answers. Stateless and thread-safe. */
@Singleton
public class Enhancer {

  /**
   * What gpt-oss may think at low effort before it answers; measured by others at 30 to 150 tokens,
   * with room.
   */
  private static final int REASONING = 400;

  /** An answer is about 45 tokens; the longest lists that are allowed make it 90. */
  private static final int ANSWER = 100;

  /** The prompt for these questions; their refs must be distinct. */
  public ChatPrompt prompt(Profile profile, List<Question> questions) {
    ObjectNode user = RecordJson.object();
    ArrayNode records = user.putArray("records");
    for (Question question : questions) {
      ObjectNode record = records.addObject().put("ref", question.ref());
      record.setAll(profile.fieldsToRead(question.source()));
      if (!question.problems().isEmpty()) {
        question.problems().forEach(record.putArray("problems")::add);
      }
    }
    return new ChatPrompt(
        profile.systemPrompt(),
        RecordJson.write(user),
        profile.answerSchema(),
        REASONING + ANSWER * questions.size());
  }

  /**
   * A verdict for each question, in their order. Never throws for what a model may have written:
   * text that is no JSON, fenced, cut off, or with missing, foreign or repeated refs, is a
   * rejection of the records it concerns.
   */
  public List<Verdict> judge(Profile profile, List<Question> questions, String rawAnswer) {
    Answers answers = Answers.parse(rawAnswer, questions.size() == 1);
    return questions.stream().map(question -> judge(profile, question, answers)).toList();
  }

  private static Verdict judge(Profile profile, Question question, Answers answers) {
    List<ObjectNode> given = answers.to(question.ref());
    if (given.isEmpty()) {
      return rejected(question, answers.rule(), answers.whyNone(question.ref()));
    }
    if (given.stream().distinct().count() > 1) {
      return rejected(
          question,
          "answer_repeated",
          "the answer has ref %d %d times, each different".formatted(question.ref(), given.size()));
    }
    ObjectNode answer = given.get(0);
    List<Violation> violations = profile.check(answer, question.source(), question.rulesOff());
    return violations.isEmpty()
        ? new Accepted(question.ref(), profile.merge(question.source(), answer))
        : new Rejected(question.ref(), violations);
  }

  private static Rejected rejected(Question question, String rule, String sentence) {
    return new Rejected(question.ref(), List.of(new Violation(rule, sentence)));
  }
}
