package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import java.util.Optional;

/** One thing an answer must hold to. Stateless and thread-safe. */
interface Rule {

  /** The stable name by which a job switches it off and by which refusals are counted. */
  String name();

  /**
   * What is wrong with the answer, as a sentence; empty when nothing is, or when another rule
   * already objects to what this one would need.
   */
  Optional<String> objection(ObjectNode answer, OfferText source);

  /** The place in the record that the objection is about; empty when it is about none. */
  default Optional<Evidence> place(ObjectNode answer, OfferText source) {
    return Optional.empty();
  }
}
