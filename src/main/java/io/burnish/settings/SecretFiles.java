package io.burnish.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Secrets from files, as Kubernetes and Docker mount them: {@code GROQ_API_KEY_FILE} names a file
 * that has the value of {@code GROQ_API_KEY}. Blanks and line ends around the value are left out.
 * No message has a value.
 */
public final class SecretFiles {

  /** The property that each variable sets. */
  private static final Map<String, String> PROPERTIES = new LinkedHashMap<>();

  static {
    for (String variable : List.of("GROQ_API_KEY", "BURNISH_ADMIN_KEY", "BURNISH_WEBHOOK_SECRET")) {
      PROPERTIES.put(variable, variable);
    }
    PROPERTIES.put("QUARKUS_DATASOURCE_JDBC_URL", "quarkus.datasource.jdbc.url");
    PROPERTIES.put("QUARKUS_DATASOURCE_USERNAME", "quarkus.datasource.username");
    PROPERTIES.put("QUARKUS_DATASOURCE_PASSWORD", "quarkus.datasource.password");
    PROPERTIES.put("QUARKUS_OIDC_CREDENTIALS_SECRET", "quarkus.oidc.credentials.secret");
  }

  private static final String SUFFIX = "_FILE";

  /** Names of the variables that name a file. */
  public static final Set<String> VARIABLES =
      PROPERTIES.keySet().stream()
          .map(variable -> variable + SUFFIX)
          .collect(Collectors.toCollection(TreeSet::new));

  /** Longest value, in bytes. */
  private static final int LONGEST = 64 * 1024;

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();

  private SecretFiles() {}

  /**
   * Reads the files that the environment names.
   *
   * @param environment all variables
   */
  public static SecretFiles of(Map<String, String> environment) {
    SecretFiles files = new SecretFiles();
    PROPERTIES.forEach(
        (variable, property) -> {
          String file = environment.getOrDefault(variable + SUFFIX, "");
          if (!file.isBlank()) {
            files.read(variable, property, file, environment.getOrDefault(variable, ""));
          }
        });
    return files;
  }

  /** The values, by property. */
  public Map<String, String> values() {
    return Map.copyOf(values);
  }

  /** What is wrong, a sentence each; empty: nothing is. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  private void read(String variable, String property, String file, String direct) {
    if (!direct.isBlank()) {
      errors.add("%s and %s%s are both set: unset one".formatted(variable, variable, SUFFIX));
      return;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      String value =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
      if (value.isEmpty() || bytes.length > LONGEST) {
        errors.add(
            "%s%s: the file %s %s"
                .formatted(
                    variable,
                    SUFFIX,
                    file,
                    value.isEmpty() ? "is empty" : "has more than %,d bytes".formatted(LONGEST)));
      } else {
        values.put(property, value);
      }
    } catch (CharacterCodingException e) {
      errors.add("%s%s: the file %s is not text in UTF-8".formatted(variable, SUFFIX, file));
    } catch (IOException | InvalidPathException e) {
      errors.add(
          "%s%s: the file %s can't be read: mount it, and let user %s read it"
              .formatted(variable, SUFFIX, file, System.getProperty("user.name")));
    }
  }
}
