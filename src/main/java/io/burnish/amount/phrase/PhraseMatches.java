package io.burnish.amount.phrase;

import io.burnish.amount.token.Tokens;
import io.burnish.amount.token.Tokens.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All phrases of the lexicon that a text contains, by token. Not thread-safe. */
public final class PhraseMatches {

  private static final List<PhraseMatch> NONE = List.of();

  private final Tokens tokens;
  private final List<PhraseMatch> all = new ArrayList<>();
  private final @Nullable Object[] byFirst;
  private final @Nullable Object[] byLast;

  /** None yet. */
  PhraseMatches(Tokens tokens) {
    this.tokens = tokens;
    byFirst = new Object[tokens.count() + 1];
    byLast = new Object[tokens.count() + 1];
  }

  /** Adds a match; {@link PhraseMatcher} does so. */
  void add(PhraseMatch match) {
    all.add(match);
    put(byFirst, match.first(), match);
    put(byLast, match.last(), match);
  }

  /** In the order of their first tokens; phrases that refer to other phrases come last. */
  public List<PhraseMatch> all() {
    return all;
  }

  /** The matches whose first token that is. */
  public List<PhraseMatch> beginningAt(int token) {
    return at(byFirst, token);
  }

  /** The matches whose last token that is. */
  public List<PhraseMatch> endingAt(int token) {
    return at(byLast, token);
  }

  /** The longest match of the meaning that follows its number and begins at the token, or null. */
  public @Nullable PhraseMatch afterNumber(int token, Meaning meaning) {
    return longest(beginningAt(token), meaning, false);
  }

  /** The longest match of the meaning that precedes its number and ends at the token, or null. */
  public @Nullable PhraseMatch beforeNumber(int token, Meaning meaning) {
    return longest(endingAt(token), meaning, true);
  }

  private @Nullable PhraseMatch longest(
      List<PhraseMatch> candidates, Meaning meaning, boolean numberAfter) {
    PhraseMatch longest = null;
    for (PhraseMatch match : candidates) {
      boolean side = numberAfter ? match.precedesNumber() : match.followsNumber();
      if (match.has(meaning)
          && side
          && (!match.phrase().adjacent()
              || tokens.isAdjacent(numberAfter ? match.last() + 1 : match.first()))
          && (longest == null || match.last() > longest.last())) {
        longest = match;
      }
    }
    return longest;
  }

  /** Whether a match of one of the meanings begins at the token. */
  public boolean hasBeginningAt(int token, Meaning meaning) {
    for (PhraseMatch match : beginningAt(token)) {
      if (match.has(meaning)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the token ends a sentence or a line. */
  public boolean endsSentence(int token) {
    return tokens.is(token, Type.LINE_END)
        || (tokens.is(token, Type.SIGN)
            && ".!?;|•".indexOf(tokens.text().charAt(tokens.start(token))) >= 0);
  }

  @SuppressWarnings("unchecked")
  private static List<PhraseMatch> at(@Nullable Object[] matches, int token) {
    if (token < 0 || token >= matches.length || matches[token] == null) {
      return NONE;
    }
    return (List<PhraseMatch>) matches[token];
  }

  /** A list of one until a second match comes: most tokens have one. */
  private static void put(@Nullable Object[] matches, int token, PhraseMatch match) {
    List<PhraseMatch> here = at(matches, token);
    if (here.isEmpty()) {
      matches[token] = List.of(match);
    } else if (here.size() == 1) {
      List<PhraseMatch> more = new ArrayList<>(4);
      more.add(here.get(0));
      more.add(match);
      matches[token] = more;
    } else {
      here.add(match);
    }
  }
}
