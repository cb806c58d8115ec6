package io.burnish.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A curl command of a document, as far as the documents use curl: {@code -X -H -d --data-binary -F
 * -N -i}. Another option is an error, so that no example is run otherwise than curl would.
 *
 * @param method of the request
 * @param address with its query
 * @param headers as given, and the content type that curl adds by itself
 * @param body as given; {@code @name} for the content of a file; null: none
 * @param parts of a form, each {@code name=value}
 */
record CurlCommand(
    String method,
    String address,
    Map<String, String> headers,
    @Nullable String body,
    List<String> parts) {

  /**
   * Reads a command.
   *
   * @param text without its comment
   * @param variables that the shell replaces outside of single quotes
   */
  static CurlCommand parse(String text, Map<String, String> variables) {
    List<String> words = words(text, variables);
    if (!words.get(0).equals("curl")) {
      throw new IllegalArgumentException("no curl command: " + text);
    }
    String method = null;
    String address = null;
    String body = null;
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "-X" -> method = words.get(++i);
        case "-H" -> {
          String[] header = words.get(++i).split(": ", 2);
          headers.put(header[0], header[1]);
        }
        case "-d", "--data-binary" -> body = words.get(++i);
        case "-F" -> parts.add(words.get(++i));
        case "-N", "-i" -> {}
        default -> {
          if (word.startsWith("-") || address != null) {
            throw new IllegalArgumentException("not known: " + word);
          }
          address = word;
        }
      }
    }
    if (address == null) {
      throw new IllegalArgumentException("without an address: " + text);
    }
    boolean sends = body != null || !parts.isEmpty();
    if (body != null) {
      headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
    }
    return new CurlCommand(
        method != null ? method : sends ? "POST" : "GET", address, headers, body, parts);
  }

  /** The words of a command line, as a shell splits it. */
  private static List<String> words(String text, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        inWord = true;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'') {
        word.append(text.charAt(++i));
        inWord = true;
      } else if (c == '$' && quote != '\'') {
        int end = i + 1;
        while (end < text.length() && Character.isUpperCase(text.charAt(end))) {
          end++;
        }
        String name = text.substring(i + 1, end);
        if (!variables.containsKey(name)) {
          throw new IllegalArgumentException("there is no variable " + name);
        }
        word.append(variables.get(name));
        inWord = true;
        i = end - 1;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is not closed: " + text);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
