package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.Fingerprint;
import io.burnish.record.SourceRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a kind of record is. Implementations are stateless and thread-safe. */
public interface Profile {

  /** The name by which a job asks for it, e.g. {@code discount}. */
  String name();

  /**
   * Grows whenever fields to read, rules or merge change in a way that makes earlier results stale.
   */
  int version();

  /** Changes whenever the prompt does; part of a record's fingerprint. */
  String promptVersion();

  /**
   * Changes whenever a text may be read otherwise than before, as with a new word. Remembered with
   * what failed, which is asked about again under another one; not part of the fingerprint, so that
   * what succeeded is not paid for again. At most 100 characters.
   */
  String proofVersion();

  /**
   * The owner's own key of the record, e.g. its discount_id; empty when it has none. Not unique:
   * owners reuse keys.
   */
  Optional<String> key(SourceRecord source);

  /**
   * What the model is sent of a record: only the fields it must read, under their own names,
   * cleaned of marks that say nothing. Empty when the record says nothing at all.
   */
  ObjectNode fieldsToRead(SourceRecord source);

  /**
   * The record's identity by content: equal as long as a model would be asked the same, under the
   * same rules.
   *
   * @param realm keeps results apart that must never be mistaken for each other, such as simulated
   *     and real ones
   */
  default Fingerprint fingerprint(String realm, SourceRecord source) {
    return Fingerprint.of(realm, name(), version(), promptVersion(), fieldsToRead(source));
  }

  /**
   * Why the record cannot be asked about at all, the gravest reason first; empty when it can. A
   * record that is not admitted has failed without a call.
   *
   * @param switchedOff names of rules not to apply
   */
  List<Violation> admit(SourceRecord source, Set<String> switchedOff);

  /** {@link #admit(SourceRecord, Set)} with every rule applied. */
  default List<Violation> admit(SourceRecord source) {
    return admit(source, Set.of());
  }

  /** Names of the rules an answer is held to, by which a job may switch them off. */
  List<String> ruleNames();

  /** The system message: static, the same for every call, so that providers can cache it. */
  String systemPrompt();

  /**
   * JSON schema (strict subset) of the whole answer: an object with a list {@code records}, each
   * with its {@code ref}.
   */
  JsonNode answerSchema();

  /**
   * What the rules say of an answer.
   *
   * @param answer the model's answer for this record, without its ref
   * @param switchedOff names of rules not to apply
   */
  Judgement judge(ObjectNode answer, SourceRecord source, Set<String> switchedOff);

  /** Why the answer is not accepted; empty when it is. As {@link #judge}. */
  default List<Violation> check(ObjectNode answer, SourceRecord source, Set<String> switchedOff) {
    return judge(answer, source, switchedOff).violations();
  }

  /** The enhanced record: copied fields from the source, decided ones from an accepted answer. */
  ObjectNode merge(SourceRecord source, ObjectNode answer);

  /** Why an already enhanced record ({@code mode: store}) is not accepted; empty when it is. */
  List<Violation> checkEnhanced(SourceRecord enhanced);
}
