package io.burnish.api.status;

import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.profile.TokenSizes;
import java.util.List;

/**
 * A profile as the API shows it.
 *
 * @param name that a job uses
 * @param isDefault whether a job has it that names none
 * @param version of its fields, rules and merge; a new one makes earlier results stale
 * @param promptVersion changes with the prompt, and makes earlier results stale
 * @param proofVersion changes with the reading of texts; contents that failed under another one are
 *     asked about again
 * @param sizes by which calls are planned
 * @param rules in the order in which they apply
 */
public record ProfileView(
    String name,
    boolean isDefault,
    int version,
    String promptVersion,
    String proofVersion,
    Sizes sizes,
    List<RuleView> rules) {

  /**
   * Sizes in tokens.
   *
   * @param prompt first guess of a prompt without records
   * @param record first guess of what a record adds to it
   * @param answer upper bound of the answer about one record
   */
  public record Sizes(int prompt, int record, int answer) {}

  /**
   * A rule.
   *
   * @param name code of a failure
   * @param sentence what it demands
   * @param canBeOff whether a job may name it in {@code rulesOff}
   */
  public record RuleView(String name, String sentence, boolean canBeOff) {}

  static ProfileView of(Profile profile) {
    TokenSizes sizes = profile.sizes();
    List<String> canBeOff = profile.ruleNames();
    return new ProfileView(
        profile.name(),
        profile.name().equals(Profiles.defaultName()),
        profile.version(),
        profile.promptVersion(),
        profile.proofVersion(),
        new Sizes(sizes.prompt(), sizes.record(), sizes.answer()),
        profile.ruleSentences().entrySet().stream()
            .map(
                rule ->
                    new RuleView(rule.getKey(), rule.getValue(), canBeOff.contains(rule.getKey())))
            .toList());
  }
}
