package io.burnish.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.Fingerprint;
import io.burnish.record.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of record is. Implementations are stateless and thread-safe; {@code
 * META-INF/services} names them.
 */
public interface Profile {

  /** The name that a job uses, e.g. {@code discount}. */
  String name();

  /**
   * Increases when the fields to read, the rules or the merge change so that earlier results are
   * stale.
   */
  int version();

  /** Changes with the prompt; part of a record's fingerprint. */
  String promptVersion();

  /**
   * Changes when a text may be read differently than before, e.g. after a new word. Stored with a
   * failure; under another version the record is asked about again. Not part of the fingerprint, so
   * successful records are not paid for again. At most 100 characters.
   */
  String proofVersion();

  /** Sizes by which calls are planned. */
  TokenSizes sizes();

  /**
   * The owner's key of the record, e.g. its discount_id; empty if it has none. Not unique: owners
   * reuse keys.
   */
  Optional<String> key(SourceRecord source);

  /**
   * The fields that the model reads, under their own names, without invisible characters. Empty if
   * the record says nothing.
   */
  ObjectNode fieldsToRead(SourceRecord source);

  /**
   * The record's identity by content. Equal as long as a model would be asked the same under the
   * same rules.
   *
   * @param namespace separates results that must not replace each other, e.g. of a simulated and a
   *     real provider
   */
  default Fingerprint fingerprint(String namespace, SourceRecord source) {
    return Fingerprint.of(namespace, name(), version(), promptVersion(), fieldsToRead(source));
  }

  /**
   * Why no model can be asked about the record, the gravest reason first; empty if one can. A
   * record that is not admitted fails without a call.
   *
   * @param switchedOff names of rules that do not apply
   */
  List<Violation> admit(SourceRecord source, Set<String> switchedOff);

  /** {@link #admit(SourceRecord, Set)} with all rules. */
  default List<Violation> admit(SourceRecord source) {
    return admit(source, Set.of());
  }

  /** Names of all rules that a job may switch off. */
  List<String> ruleNames();

  /**
   * What each rule demands of an answer, and each check of {@link #admit} of a record: a sentence
   * for a person, by its name. Names that are not in {@link #ruleNames} can't be switched off.
   */
  Map<String, String> ruleSentences();

  /**
   * The rule that refuses an answer without a value, where the record may contain one. If each
   * model gave such an answer, the record fails by this code; otherwise another refusal decides.
   */
  String unansweredRule();

  /** The system message. It is the same for each call, so that providers can cache it. */
  String systemPrompt();

  /**
   * JSON schema (strict subset) of the whole answer: an object with a list {@code records}, each
   * entry with its {@code ref}. As JSON; it is the same for each call.
   */
  String answerSchema();

  /**
   * Applies the rules to an answer.
   *
   * @param answer the model's answer about this record, without its ref
   * @param switchedOff names of rules that do not apply
   */
  Judgement judge(ObjectNode answer, SourceRecord source, Set<String> switchedOff);

  /** The violations of {@link #judge}; empty if the answer is accepted. */
  default List<Violation> check(ObjectNode answer, SourceRecord source, Set<String> switchedOff) {
    return judge(answer, source, switchedOff).violations();
  }

  /** The enhanced record: copied fields from the source, decided fields from an accepted answer. */
  ObjectNode merge(SourceRecord source, ObjectNode answer);

  /** Why an enhanced record is not stored ({@code mode: store}); empty if it is. */
  List<Violation> checkEnhanced(SourceRecord enhanced);

  /**
   * The lists of the state file that the replaced script kept of such records; empty if there was
   * none.
   */
  default Optional<StateFileFields> stateFile() {
    return Optional.empty();
  }
}
