package io.burnish.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes something else of what is right: of bytes, of text, of JSON. */
final class Mutations {

  /** No body grows beyond it, in bytes, so that there are many. */
  private static final int LARGEST = 512 * 1024;

  /** Stands in a tree for a text that no tree can hold. */
  private static final String PLACEHOLDER = "put-in-later";

  /** JSON values that are wrong in most places, some of them wrong everywhere. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0.0",
          "-1",
          "1e400",
          "1e9999",
          "1e99999999999",
          "1E-99999",
          "9223372036854775808",
          "0.1000000000000000055511151231257827",
          "NaN",
          "-Infinity",
          "+1",
          "01",
          ".5",
          "0x1F",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"a\\udfff\"",
          "\"\\ud83c\\udf81\"",
          "\"\\uFEFF\\u202E\\u2028\"",
          "\"\\u00\"",
          "\"\\x41\"",
          "'single'",
          "\"\u202Eשלום\u200F\"",
          "\"é\u0301\u0301\u0301\"",
          "\"<script>\"",
          "\"%s%n${x}\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"\":{}}",
          "{\"a\":1,\"a\":2}",
          "{\"\\u0000\":0}",
          "{\"\\ud800\":0}",
          "/* */1",
          "",
          "undefined");

  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\n",
          "\r\n",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "//",
          "null",
          "\\u0000",
          "\\ud800",
          "--",
          "\r\n--b\r\n",
          "%00",
          "é",
          "\uD83C\uDF81",
          "\t",
          "\u001B[31m",
          "<",
          "#");

  private final RandomGenerator random;

  Mutations(RandomGenerator random) {
    this.random = random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  /** The bytes, with up to three changes at random places. */
  byte[] ofBytes(byte[] bytes) {
    byte[] changed = bytes;
    for (int i = upTo(2); i >= 0 && changed.length < LARGEST; i--) {
      changed = once(changed);
    }
    return changed;
  }

  private byte[] once(byte[] bytes) {
    int from = upTo(bytes.length);
    int to = Math.min(bytes.length, from + upTo(chance(50) ? 4 : bytes.length));
    byte[] middle = Arrays.copyOfRange(bytes, from, to);
    return switch (random.nextInt(7)) {
      case 0 -> joined(bytes, from, new byte[0], to);
      case 1 -> Arrays.copyOf(bytes, from);
      case 2 -> joined(bytes, to, repeated(middle, 1 + upTo(3)), to);
      case 3 -> joined(bytes, from, oneOf(PIECES).getBytes(StandardCharsets.UTF_8), to);
      case 4 -> joined(bytes, from, oneOf(PIECES).getBytes(StandardCharsets.UTF_8), from);
      case 5 -> {
        byte[] noise = new byte[1 + upTo(chance(10) ? 300 : 3)];
        random.nextBytes(noise);
        yield joined(bytes, from, noise, from);
      }
      default -> {
        byte[] flipped = bytes.clone();
        if (from < flipped.length) {
          flipped[from] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }

  private static byte[] joined(byte[] bytes, int before, byte[] middle, int after) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, before);
    joined.writeBytes(middle);
    joined.write(bytes, after, bytes.length - after);
    return joined.toByteArray();
  }

  private static byte[] repeated(byte[] bytes, int times) {
    ByteArrayOutputStream repeated = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      repeated.writeBytes(bytes);
    }
    return repeated.toByteArray();
  }

  /** The text, changed as its UTF-8 would be. */
  String ofText(String text) {
    return new String(ofBytes(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
  }

  /** A JSON text of which one value or name is another, or is left out, or is there often. */
  String ofJson(String json) {
    JsonNode tree = RecordJson.read(json);
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    JsonNode container = oneOf(containers);
    if (container instanceof ObjectNode object) {
      change(object);
    } else if (container instanceof ArrayNode array) {
      change(array);
    }
    return tree.toString().replace("\"" + PLACEHOLDER + "\"", value());
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || chance(20)) {
      object.put(
          oneOf(List.of("", "records", "files", "name", "x", "_internal", "\u0000")), PLACEHOLDER);
      return;
    }
    String name = oneOf(names);
    if (chance(70)) {
      object.put(name, PLACEHOLDER);
    } else if (chance(50)) {
      object.remove(name);
    } else {
      object.set(oneOf(names), object.deepCopy());
    }
  }

  private void change(ArrayNode array) {
    if (array.isEmpty() || chance(40)) {
      array.insert(upTo(array.size()), PLACEHOLDER);
    } else if (chance(30)) {
      array.remove(random.nextInt(array.size()));
    } else if (chance(30)) {
      array.insert(0, array.deepCopy());
    } else {
      JsonNode element = array.get(random.nextInt(array.size()));
      for (int i = upTo(chance(10) ? 600 : 20); i > 0; i--) {
        array.add(element.deepCopy());
      }
    }
  }

  private String value() {
    return switch (random.nextInt(8)) {
      case 0 -> {
        int deep = 1 + upTo(chance(20) ? 100_000 : 1_200);
        yield "[".repeat(deep) + (chance(80) ? "]".repeat(deep) : "");
      }
      case 1 -> {
        int deep = 1 + upTo(chance(20) ? 20_000 : 1_200);
        yield "{\"a\":".repeat(deep) + "0" + "}".repeat(deep);
      }
      case 2 -> "9".repeat(1 + upTo(chance(20) ? 200_000 : 1_100));
      case 3 ->
          "\""
              + oneOf(List.of("a", "é", "\\u0000", "\\ud800", "% 5 "))
                  .repeat(upTo(chance(10) ? 60_000 : 300))
              + "\"";
      default -> oneOf(VALUES);
    };
  }
}
