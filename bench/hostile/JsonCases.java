import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON that is none, as a body, as a line, as an uploaded file, as a state file; and odd JSON that
 * is.
 */
final class JsonCases {

  private static final Map<String, String> BROKEN = new LinkedHashMap<>();

  static {
    BROKEN.put("an unclosed list", "[{\"discount_id\":\"1\"}");
    BROKEN.put("an unclosed object", "[{\"discount_id\":\"1\"");
    BROKEN.put("an unclosed text", "[{\"discount_id\":\"1");
    BROKEN.put("a comma too many in a list", "[{\"discount_id\":\"1\"},]");
    BROKEN.put("a comma too many in an object", "[{\"discount_id\":\"1\",}]");
    BROKEN.put("single quotes", "[{'discount_id':'1'}]");
    BROKEN.put("bare names", "[{discount_id:\"1\"}]");
    BROKEN.put("a comment", "[/* one */{\"discount_id\":\"1\"}]");
    BROKEN.put("a line comment", "[ // one\n{\"discount_id\":\"1\"}]");
    BROKEN.put("a hash comment", "[ # one\n{\"discount_id\":\"1\"}]");
    BROKEN.put("NaN", "[{\"discount_id\":NaN}]");
    BROKEN.put("Infinity", "[{\"discount_id\":-Infinity}]");
    BROKEN.put("None", "[{\"discount_id\":None}]");
    BROKEN.put("a leading zero", "[{\"discount_id\":007}]");
    BROKEN.put("a plus sign", "[{\"discount_id\":+7}]");
    BROKEN.put("a bare point", "[{\"discount_id\":.5}]");
    BROKEN.put("a point at the end", "[{\"discount_id\":5.}]");
    BROKEN.put("hexadecimal", "[{\"discount_id\":0x1F}]");
    BROKEN.put("a raw newline in a text", "[{\"discount_id\":\"a\nb\"}]");
    BROKEN.put("a raw tab in a text", "[{\"discount_id\":\"a\tb\"}]");
    BROKEN.put("a NUL in a text", "[{\"discount_id\":\"a\0b\"}]");
    BROKEN.put("a NUL at the start", "\0[{\"discount_id\":\"1\"}]");
    BROKEN.put("a bad escape", "[{\"discount_id\":\"\\x41\"}]");
    BROKEN.put("a short escape", "[{\"discount_id\":\"\\u12\"}]");
    BROKEN.put("two values", "[{\"discount_id\":\"1\"}] [{\"discount_id\":\"2\"}]");
    BROKEN.put("a bracket too many", "[{\"discount_id\":\"1\"}]]");
    BROKEN.put("the wrong bracket", "[{\"discount_id\":\"1\"]}");
    BROKEN.put("no colon", "[{\"discount_id\" \"1\"}]");
    BROKEN.put("HTML", "<html><body>502 Bad Gateway</body></html>");
    BROKEN.put("XML", "<?xml version=\"1.0\"?><a/>");
    BROKEN.put("CSV", "discount_id,title\n1,Lamps\n");
    BROKEN.put("YAML", "- discount_id: 1\n  title: Lamps\n");
    BROKEN.put("a form", "discount_id=1&title=Lamps");
    BROKEN.put("undefined", "undefined");
    BROKEN.put("a name given twice in a record", "[{\"discount_id\":\"1\",\"discount_id\":\"2\"}]");
    BROKEN.put("2,000 levels", "[".repeat(2_000) + "]".repeat(2_000));
    BROKEN.put("100,000 levels", "[".repeat(100_000));
    BROKEN.put("100,000 levels of objects", "[" + "{\"a\":".repeat(100_000));
    BROKEN.put("a number of 5,000 digits", "[{\"discount_id\":" + "7".repeat(5_000) + "}]");
    BROKEN.put("a name of 100,000 letters", "[{\"" + "n".repeat(100_000) + "\":1]");
    BROKEN.put("UTF-16 with its mark", "\u00fe\u00ff");
  }

  private JsonCases() {}

  static List<Case> cases(Known known) {
    List<Case> cases = new ArrayList<>();
    BROKEN.forEach(
        (name, text) ->
            cases.add(new Case(name + ", as a body", Request.json(text), 400).malformed()));
    BROKEN.forEach(
        (name, text) -> {
          // Without its bracket, an unclosed list is a line like any other.
          if (!text.contains("\n") && !name.equals("an unclosed list")) {
            String line = text.startsWith("[{") ? text.substring(1).replaceAll("]$", "") : text;
            String lines = "{\"discount_id\":\"fine\",\"title\":\"5% off\"}\n" + line + "\n";
            cases.add(
                new Case(name + ", as line 2", Request.lines(lines), 400).malformed().atLine(2));
          }
        });
    BROKEN.forEach(
        (name, text) ->
            cases.add(
                new Case(
                        name + ", as one of two files",
                        Multipart.files("fine.json", FINE, "bad.json", text),
                        202)
                    .total(1)
                    .check(
                        (answer, wire) ->
                            rejected(answer) ? null : "bad.json is not rejected with a line")));
    // What an old file holds beside its lists is passed over, and is no record.
    BROKEN.forEach(
        (name, text) ->
            cases.add(
                new Case(
                        name + ", as a state file",
                        state(text),
                        name.equals("a name given twice in a record") ? 200 : 400)
                    .malformed()
                    .silentAbout("records")));
    return cases;
  }

  static final String FINE = "[{\"discount_id\":\"fine\",\"title\":\"5% off\"}]";

  private static Request state(String text) {
    return Request.of("PUT", "/tracking/state")
        .header("Content-Type: application/json")
        .body(text.startsWith("[") ? "{\"processed_discounts\":[],\"note\":" + text + "}" : text);
  }

  private static boolean rejected(Answer answer) {
    for (var file : answer.json().path("files")) {
      if (file.path("name").asText().equals("bad.json")) {
        return file.path("state").asText().equals("rejected")
            && file.path("error").asText().contains("line");
      }
    }
    return false;
  }
}
