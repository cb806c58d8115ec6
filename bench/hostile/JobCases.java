import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields of a job, records that are odd, and how long a refusal gets. */
final class JobCases {

  private static final String R = "{\"discount_id\":\"j\",\"title\":\"5% off\"}";

  private JobCases() {}

  static List<Case> job(Known known) {
    List<Case> cases = new ArrayList<>();
    for (String empty : List.of("", " ", "\n\n", "\t")) {
      cases.add(new Case("no JSON: " + Request.brief(empty), Request.json(empty), 400, 422));
    }
    for (String value :
        List.of(
            "null",
            "true",
            "1",
            "\"text\"",
            "{}",
            "{\"records\":null}",
            "{\"records\":{}}",
            "{\"records\":\"[]\"}",
            "{\"records\":1}",
            "{\"name\":\"x\"}",
            "{\"Records\":[]}",
            "{\"records\":[],\"files\":[]}",
            "{\"files\":{}}",
            "{\"files\":null}",
            "{\"files\":[1]}",
            "{\"files\":[{}]}",
            "{\"files\":[{\"name\":\"b\"}]}",
            "{\"files\":[{\"name\":null,\"records\":[]}]}",
            "{\"files\":[{\"name\":\"\",\"records\":[]}]}",
            "{\"files\":[{\"name\":\" \",\"records\":[]}]}",
            "{\"files\":[{\"records\":[]}]}",
            "{\"files\":[{\"name\":1,\"records\":[]}]}",
            "{\"files\":[{\"name\":\"a\",\"records\":[]},{\"name\":\"a\",\"records\":[]}]}",
            "{\"files\":[{\"name\":\"a\",\"records\":[],\"x\":1}]}",
            "{\"files\":[{\"name\":\"a\",\"name\":\"b\",\"records\":[]}]}",
            "{\"files\":[{\"name\":\"" + "n".repeat(501) + "\",\"records\":[]}]}")) {
      cases.add(
          new Case("a body " + Request.brief(value), Request.json(value), 422)
              .silentAbout("NullPointer"));
    }
    Map<String, Integer> fields = new LinkedHashMap<>();
    for (String wrong :
        List.of(
            "\"name\":1",
            "\"name\":{}",
            "\"name\":\"\"",
            "\"name\":\"" + "n".repeat(501) + "\"",
            "\"mode\":\"zzz\"",
            "\"mode\":null,\"x\":1",
            "\"mode\":1",
            "\"mode\":\"\"",
            "\"mode\":\"STORE\"",
            "\"profile\":\"zzz\"",
            "\"profile\":1",
            "\"profile\":\"\"",
            "\"options\":[]",
            "\"options\":1",
            "\"options\":\"x\"",
            "\"options\":{\"x\":1}",
            "\"options\":{\"priority\":\"urgent\"}",
            "\"options\":{\"priority\":1}",
            "\"options\":{\"dedupe\":\"zzz\"}",
            "\"options\":{\"dedupe\":true}",
            "\"options\":{\"retryFailed\":\"true\"}",
            "\"options\":{\"retryFailed\":1}",
            "\"options\":{\"rulesOff\":\"field_missing\"}",
            "\"options\":{\"rulesOff\":[1]}",
            "\"options\":{\"rulesOff\":[\"\"]}",
            "\"options\":{\"rulesOff\":[\"zzz\"]}",
            "\"options\":{\"rulesOff\":{}}",
            "\"dryRun\":true",
            "\"dryrun\":false",
            "\"unknown\":1",
            "\"Name\":\"x\"",
            "\"priority\":\"low\"",
            "\"name\":\"a\",\"name\":\"b\"",
            "\"mode\":\"store\",\"mode\":\"enhance\"",
            "\"options\":{},\"options\":{}",
            "\"records\":[]",
            "\"\":1",
            "\"__proto__\":{}",
            "\"$ref\":\"x\"",
            "\"@type\":\"java.lang.Runtime\"",
            "\"id\":\"1\"",
            "\"state\":\"completed\"")) {
      fields.put(wrong, 422);
    }
    fields.forEach(
        (field, status) -> {
          cases.add(
              new Case(
                  "a job with " + Request.brief(field),
                  Request.json("{" + field + ",\"records\":[" + R + "]}"),
                  status));
          cases.add(
              new Case(
                  "an upload with " + Request.brief(field),
                  new Multipart().job("{" + field + "}").file("a.json", "[" + R + "]").post(),
                  status));
        });
    for (String right :
        List.of(
            "\"name\":null",
            "\"name\":\"" + "n".repeat(500) + "\"",
            "\"name\":\"a\\u0000b\\nc\\u001b[31m\"",
            "\"mode\":\"enhance\"",
            "\"options\":{}",
            "\"options\":{\"rulesOff\":[]}",
            "\"options\":{\"priority\":\"low\",\"dedupe\":\"none\",\"retryFailed\":true,\"rulesOff\":[\"field_missing\"]}",
            "\"profile\":\"discount\"")) {
      cases.add(
          new Case(
              "a job with " + Request.brief(right),
              Request.json("{" + right + ",\"records\":[" + R + "]}"),
              202,
              422));
    }
    cases.add(
        new Case(
                "records first, terms after",
                Request.json("{\"records\":[" + R + "],\"options\":{\"priority\":\"low\"}}"),
                202)
            .total(1)
            .says("\"priority\":\"low\""));
    // An option is read together with the others, and a name given twice is told with its place.
    cases.add(
        new Case(
                "an option given twice",
                Request.json(
                    "{\"options\":{\"priority\":\"low\",\"priority\":\"high\"},\"records\":[]}"),
                400)
            .malformed()
            .says("priority"));
    cases.add(
        new Case(
                "an exponent of ten digits",
                Request.json("[{\"discount_id\":\"d\",\"usage_limit\":1e999999999}]"),
                400)
            .malformed());
    cases.add(
        new Case(
            "records first, a mistake after",
            Request.json("{\"records\":[" + R + "],\"mode\":\"zzz\"}"),
            422));
    return cases;
  }

  static List<Case> records(Known known) {
    List<Case> cases = new ArrayList<>();
    for (String record :
        List.of(
            "null",
            "1",
            "\"text\"",
            "[]",
            "[[[]]]",
            "true",
            "{}",
            "{\"discount_id\":null}",
            "{\"discount_id\":{}}",
            "{\"discount_id\":[]}",
            "{\"discount_id\":true}",
            "{\"discount_id\":\"\"}",
            "{\"discount_id\":\" \"}",
            "{\"discount_id\":1}",
            "{\"discount_id\":1.0}",
            "{\"discount_id\":1e400}",
            "{\"discount_id\":-0}",
            "{\"discount_id\":123456789012345678901234567890}",
            "{\"discount_id\":\"d\",\"title\":{}}",
            "{\"discount_id\":\"d\",\"title\":[1,2]}",
            "{\"discount_id\":\"d\",\"price\":{\"a\":1}}",
            "{\"discount_id\":\"d\",\"price\":1e999}",
            "{\"discount_id\":\"d\",\"price\":\"99999999999999999999999%\"}",
            "{\"discount_id\":\"d\",\"price\":\"-5%\"}",
            "{\"discount_id\":\"d\",\"price\":\"NaN\"}",
            "{\"discount_id\":\"d\",\"price\":\"٥٪\",\"title\":\"خصم\"}",
            "{\"discount_id\":\"d\",\"title\":\"5% off\",\"category\":{\"a\":[]}}",
            "{\"discount_id\":\"d\",\"title\":\"5% off\",\"usage_limit\":\"x\"}",
            "{\"discount_id\":\"d\",\"title\":\"5% off\",\"usage_limit\":1e99}",
            "{\"discount_id\":\"d\",\"title\":\"5% off\",\"usage_limit\":1e9999}",
            "{\"discount_id\":\"d\",\"title\":\"5% off\",\"valid_until\":9e99}",
            "{\"\":\"\"}",
            "{\"__proto__\":1,\"discount_id\":\"d\",\"title\":\"5% off\"}")) {
      cases.add(
          new Case(
                  "a record " + Request.brief(record),
                  Request.json("[" + record + "," + R + "]"),
                  202)
              .total(2));
    }
    cases.add(
        new Case(
                "a record of 200 levels",
                Request.json(
                    "[{\"discount_id\":\"deep\",\"title\":\"5% off\",\"x\":"
                        + "[".repeat(200)
                        + "]".repeat(200)
                        + "}]"),
                202)
            .total(1));
    cases.add(
        new Case(
                "a record of 990 levels",
                Request.json(
                    "[{\"discount_id\":\"deep2\",\"title\":\"5% off\",\"x\":"
                        + "[".repeat(990)
                        + "]".repeat(990)
                        + "}]"),
                202)
            .total(1));
    cases.add(
        new Case(
                "a record of 5,000 fields",
                Request.json(
                    "[{\"discount_id\":\"wide\",\"title\":\"5% off\"" + fields(5_000) + "}]"),
                202)
            .total(1));
    cases.add(
        new Case(
                "an id of 10,000 letters",
                Request.json(
                    "[{\"discount_id\":\"" + "i".repeat(10_000) + "\",\"title\":\"5% off\"}]"),
                202)
            .total(1));
    cases.add(
        new Case(
                "an id of 200,000 letters",
                Request.json(
                    "[{\"discount_id\":\"" + "i".repeat(200_000) + "\",\"title\":\"5% off\"}]"),
                202)
            .total(1));
    cases.add(
        new Case(
                "a record of 300 kB",
                Request.json(
                    "[{\"discount_id\":\"l\",\"title\":\""
                        + "a ".repeat(150_000)
                        + "5%\"},"
                        + R
                        + "]"),
                202)
            .total(2));
    cases.add(
        new Case(
            "a record of 9 MB",
            Request.json(
                "[{\"discount_id\":\"l\",\"title\":\"" + "a ".repeat(4_500_000) + "5%\"}]"),
            400));
    cases.add(
        new Case(
            "10,001 elements that are no objects",
            Request.json("[0" + ",0".repeat(10_000) + "]"),
            422));
    cases.add(
        new Case("10,000 empty objects", Request.json("[{}" + ",{}".repeat(9_999) + "]"), 202)
            .total(10_000));
    cases.add(
        new Case("2,000 equal records", Request.json("[" + R + ("," + R).repeat(1_999) + "]"), 202)
            .total(2_000));
    return cases;
  }

  static List<Case> sizes(Known known) {
    String many = "\"u0\"" + names(100_000);
    List<Case> cases = new ArrayList<>();
    cases.add(
        new Case(
                "100,000 unknown rules",
                Request.json("{\"options\":{\"rulesOff\":[" + many + "]},\"records\":[]}"),
                400)
            .malformed());
    cases.add(
        new Case(
            "100,000 unknown fields",
            Request.json("{\"records\":[]" + fields(100_000) + "}"),
            422));
    cases.add(
        new Case(
            "1,000 unknown rules",
            Request.json(
                "{\"options\":{\"rulesOff\":[\"u0\"" + names(1_000) + "]},\"records\":[]}"),
            422));
    cases.add(
        new Case(
            "101 unknown options",
            Request.json("{\"records\":[],\"options\":{\"a\":1" + fields(100) + "}}"),
            422));
    // Options are held in memory: larger ones are refused before they are looked at.
    cases.add(
        new Case(
                "100,000 unknown options",
                Request.json("{\"records\":[],\"options\":{\"a\":1" + fields(100_000) + "}}"),
                400)
            .malformed());
    for (String field : List.of("profile", "mode", "name")) {
      cases.add(
          new Case(
              "a %s of 7 MB".formatted(field),
              Request.json("{\"records\":[],\"" + field + "\":\"" + "p".repeat(7_000_000) + "\"}"),
              422,
              400));
    }
    cases.add(
        new Case(
            "a name of a field of 40 kB",
            Request.json("{\"records\":[],\"" + "f".repeat(40_000) + "\":1}"),
            422,
            400));
    cases.add(
        new Case(
            "a name of a field of 7 MB",
            Request.json("{\"records\":[],\"" + "f".repeat(7_000_000) + "\":1}"),
            422,
            400));
    cases.add(
        new Case(
            "a priority of 7 MB",
            Request.json(
                "{\"records\":[],\"options\":{\"priority\":\"" + "p".repeat(7_000_000) + "\"}}"),
            422,
            400));
    cases.add(
        new Case(
            "10,000 files without records",
            Request.json(
                "{\"files\":[{\"name\":\"a\"}" + ",{\"name\":\"a\"}".repeat(10_000) + "]}"),
            422));
    cases.add(
        new Case(
            "2,000 files of one name",
            Request.json(
                "{\"files\":[{\"name\":\"a\",\"records\":[]}"
                    + ",{\"name\":\"a\",\"records\":[]}".repeat(2_000)
                    + "]}"),
            422));
    cases.add(
        new Case("1,000 unknown parameters", Request.get("/models?a" + "&a=1".repeat(1_000)), 422));
    cases.add(
        new Case("7 kB of a parameter", Request.get("/models?" + "p".repeat(7_000) + "=1"), 422));
    cases.add(new Case("7 kB of a key", Request.get("/tracking/" + "k".repeat(7_000)), 404));
    cases.add(
        new Case(
            "7 kB of a file name",
            Request.get("/jobs/" + known.job() + "/results?file=" + "f".repeat(7_000)),
            404,
            422));
    return cases;
  }

  private static String fields(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(",\"f").append(i).append("\":1");
    }
    return fields.toString();
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 1; i < count; i++) {
      names.append(",\"unknown-rule-").append(i).append('"');
    }
    return names.toString();
  }
}
