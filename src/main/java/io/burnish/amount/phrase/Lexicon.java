package io.burnish.amount.phrase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.burnish.amount.token.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The phrases that explain amounts, of all languages. Read from {@code lexicon/<language>.yaml};
 * immutable and thread-safe.
 */
public final class Lexicon {

  /** Each has a file. */
  static final List<String> LANGUAGES =
      List.of("he", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "tr", "ru", "ar");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Lexicon BUILT_IN = read();

  private final List<LexiconEntry> entries;
  private final String hash;
  private final Vocabulary vocabulary;
  private final List<Phrase> compiled;
  private final PhraseIndex phrases;

  private Lexicon(List<LexiconEntry> entries, Map<String, String> prefixes, String hash) {
    this.entries = List.copyOf(entries);
    this.hash = hash;
    vocabulary = new Vocabulary();
    prefixes.values().forEach(vocabulary::addPrefixes);
    compiled = this.entries.stream().map(entry -> Phrase.of(entry, vocabulary)).toList();
    phrases = new PhraseIndex(compiled);
  }

  /** A part of another lexicon, with its vocabulary. */
  private Lexicon(Lexicon whole, Predicate<LexiconEntry> part) {
    entries = whole.entries.stream().filter(part).toList();
    hash = whole.hash;
    vocabulary = whole.vocabulary;
    compiled = whole.compiled.stream().filter(phrase -> part.test(phrase.entry())).toList();
    phrases = new PhraseIndex(compiled);
  }

  /** The built-in lexicon. */
  public static Lexicon builtIn() {
    return BUILT_IN;
  }

  /**
   * First 12 hexadecimal digits of the SHA-256 of its files. Another lexicon may prove another
   * answer.
   */
  public String hash() {
    return hash;
  }

  /** All entries, by language. */
  public List<LexiconEntry> entries() {
    return entries;
  }

  /** The lexicon of the entries that match, for tests of single entries. */
  public Lexicon only(Predicate<LexiconEntry> part) {
    return new Lexicon(this, part);
  }

  /** The words of its phrases. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The phrases, by their first element. */
  public PhraseIndex phrases() {
    return phrases;
  }

  private static Lexicon read() {
    List<LexiconEntry> entries = new ArrayList<>();
    Map<String, String> prefixes = new LinkedHashMap<>();
    MessageDigest digest = DigestUtils.getSha256Digest();
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
      throw new IllegalStateException("lexicon/" + language + ".yaml is not YAML", e);
    }
    prefixes.put(language, root.path("prefixes").asText(""));
    for (Map.Entry<String, JsonNode> group : root.path("entries").properties()) {
      Meaning meaning =
          Meaning.of(group.getKey())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "lexicon/%s.yaml: unknown meaning %s"
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
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
