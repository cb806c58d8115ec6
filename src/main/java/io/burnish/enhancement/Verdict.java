package io.burnish.enhancement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.validation.Violation;
import java.util.List;

/** What became of one question. */
public sealed interface Verdict {

  /** The number of the question within its call. */
  int ref();

  /** The answer is proven; {@code enhanced} is the whole record to hand back. */
  record Accepted(int ref, ObjectNode enhanced) implements Verdict {}

  /** The answer is missing or not proven; the violations (one at least) say why. */
  record Rejected(int ref, List<Violation> violations) implements Verdict {}
}
