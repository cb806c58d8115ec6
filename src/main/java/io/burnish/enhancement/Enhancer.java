package io.burnish.enhancement;

import io.burnish.profile.Profile;
import io.burnish.provider.ChatPrompt;
import java.util.List;

/** Asks about records and judges the answers. Stateless and thread-safe. */
public interface Enhancer {

  /** The prompt for these questions; their refs must be distinct. */
  ChatPrompt prompt(Profile profile, List<Question> questions);

  /**
   * A verdict for each question, in their order. Never throws for what a model may have written:
   * text that is no JSON, fenced, cut off, or with missing, foreign or repeated refs, is a
   * rejection of the records it concerns.
   */
  List<Verdict> judge(Profile profile, List<Question> questions, String rawAnswer);
}
