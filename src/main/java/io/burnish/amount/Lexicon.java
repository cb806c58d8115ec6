package io.burnish.amount;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.burnish.amount.Phrase.Element;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The words by which amounts are known, of all languages at once. Read from {@code
 * lexicon/<language>.yaml}; immutable and thread-safe.
 */
public final class Lexicon {

  /** A file a language. */
  static final List<String> LANGUAGES =
      List.of("he", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "tr", "ru", "ar");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Lexicon BUILT_IN = read();

  private final List<LexiconEntry> entries;
  private final String hash;
  private final Vocabulary vocabulary;
  private final List<List<Phrase>> byFirstWord = new ArrayList<>();
  private final Map<Integer, List<Phrase>> byFirstNumber = new HashMap<>();

  private Lexicon(List<LexiconEntry> entries, Map<String, String> prefixes, String hash) {
    this.entries = List.copyOf(entries);
    this.hash = hash;
    vocabulary = new Vocabulary();
    prefixes.values().forEach(vocabulary::addPrefixes);
    entries.forEach(entry -> index(Phrase.of(entry, vocabulary)));
    while (byFirstWord.size() < vocabulary.size()) {
      byFirstWord.add(List.of());
    }
  }

  /** A part of another. */
  private Lexicon(Lexicon whole, Predicate<LexiconEntry> part) {
    entries = whole.entries.stream().filter(part).toList();
    hash = whole.hash;
    vocabulary = whole.vocabulary;
    whole.byFirstWord.forEach(phrases -> byFirstWord.add(part(phrases, part)));
    whole.byFirstNumber.forEach(
        (number, phrases) -> byFirstNumber.put(number, part(phrases, part)));
  }

  private static List<Phrase> part(List<Phrase> phrases, Predicate<LexiconEntry> part) {
    boolean whole = phrases.stream().allMatch(phrase -> part.test(phrase.entry()));
    return whole ? phrases : phrases.stream().filter(phrase -> part.test(phrase.entry())).toList();
  }

  /** The lexicon that is built in. */
  public static Lexicon builtIn() {
    return BUILT_IN;
  }

  /** First 12 digits of the SHA-256 of its files: another one may prove another answer. */
  public String hash() {
    return hash;
  }

  /** Its entries, language by language. */
  public List<LexiconEntry> entries() {
    return entries;
  }

  /** The entries for which that holds, for tests of what an entry is good for. */
  public Lexicon only(Predicate<LexiconEntry> part) {
    return new Lexicon(this, part);
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The phrases that begin with that word. */
  List<Phrase> beginningWith(int word) {
    return word == Vocabulary.UNKNOWN ? List.of() : byFirstWord.get(word);
  }

  /** The phrases that begin with that whole number. */
  List<Phrase> beginningWithNumber(int number) {
    return byFirstNumber.getOrDefault(number, List.of());
  }

  private void index(Phrase phrase) {
    Element first = phrase.elements().get(0);
    if (first instanceof Element.Word word) {
      while (byFirstWord.size() <= word.word()) {
        byFirstWord.add(List.of());
      }
      byFirstWord.set(word.word(), with(byFirstWord.get(word.word()), phrase));
    } else if (first instanceof Element.Whole whole) {
      byFirstNumber.merge(whole.value(), List.of(phrase), (old, one) -> with(old, one.get(0)));
    } else {
      throw new IllegalArgumentException(
          "the phrase \"" + phrase.entry().phrase() + "\" must begin with a word or number");
    }
  }

  private static List<Phrase> with(List<Phrase> phrases, Phrase one) {
    List<Phrase> all = new ArrayList<>(phrases);
    all.add(one);
    return List.copyOf(all);
  }

  private static Lexicon read() {
    List<LexiconEntry> entries = new ArrayList<>();
    Map<String, String> prefixes = new LinkedHashMap<>();
    MessageDigest digest = sha256();
    for (String language : LANGUAGES) {
      byte[] file = resource("lexicon/" + language + ".yaml");
      digest.update(file);
      read(language, file, entries, prefixes);
    }
    return new Lexicon(entries, prefixes, HexFormat.of().formatHex(digest.digest(), 0, 6));
  }

  private static void read(
      String language, byte[] file, List<LexiconEntry> entries, Map<String, String> prefixes) {
    JsonNode root;
    try {
      root = YAML.readTree(new String(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lexicon/" + language + ".yaml is no YAML", e);
    }
    prefixes.put(language, root.path("prefixes").asText(""));
    for (Map.Entry<String, JsonNode> group : root.path("entries").properties()) {
      Meaning meaning =
          Meaning.of(group.getKey())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "lexicon/%s.yaml: no meaning is named %s"
                              .formatted(language, group.getKey())));
      for (Map.Entry<String, JsonNode> entry : group.getValue().properties()) {
        entries.add(new LexiconEntry(language, meaning, entry.getKey(), entry.getValue().asText()));
      }
    }
  }

  private static byte[] resource(String name) {
    try (InputStream resource = Lexicon.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be read", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
