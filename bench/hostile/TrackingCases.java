import java.util.ArrayList;
import java.util.List;

/**
 * What is tracked and forgotten, state files, and lines of the log that a client would like to
 * write.
 */
final class TrackingCases {

  private static final String FORGED = "\n2026-11-26 00:00:00,000 ERROR [a.b.Fake] (main) forged";

  private TrackingCases() {}

  static List<Case> tracking(Known known) {
    List<Case> cases = new ArrayList<>();
    for (String query :
        List.of(
            "=",
            "=x",
            "&=x",
            "key=a&=x",
            "key=",
            "key",
            "key=&state=",
            "state=",
            "profile=",
            "key=a&key=b",
            "keys=a",
            "Key=a",
            "state=zzz",
            "key=%20",
            "all=true",
            "key=%00",
            "profile=%00")) {
      cases.add(
          new Case(
                  "DELETE /tracking?" + query + " forgets nothing",
                  Request.of("DELETE", "/tracking?" + query),
                  query.endsWith("%00") ? new Integer[] {200, 422} : new Integer[] {422})
              .check(
                  (answer, wire) ->
                      wire.get("/tracking/" + known.key()).status() == 200 ? null : "forgot"));
    }
    cases.add(
        new Case("a key is forgotten", Request.of("DELETE", "/tracking?key=none-such"), 200)
            .says("\"forgotten\":0"));
    cases.add(
        new Case(
            "an unknown profile is forgotten",
            Request.of("DELETE", "/tracking?profile=zzz"),
            200,
            422));
    cases.add(
        new Case("the state", Request.get("/tracking/state"), 200).says("processed_discounts"));
    for (String file :
        List.of(
            "",
            " ",
            "[]",
            "null",
            "1",
            "\"x\"",
            "{}",
            "{\"processed_discounts\":{}}",
            "{\"processed_discounts\":\"1\"}",
            "{\"processed_discounts\":[{}]}",
            "{\"processed_discounts\":[[1]]}",
            "{\"processed_discounts\":[true]}",
            "{\"failed_discounts\":1}",
            "{\"processed_discounts\":[],\"model_429_count\":[]}",
            "{\"processed_discounts\":[],\"model_429_count\":{\"m\":-1}}",
            "{\"processed_discounts\":[],\"model_429_count\":{\"m\":\"x\"}}",
            "{\"processed_discounts\":[],\"model_429_count\":{\"m\":1e99}}",
            "{\"processed\":[]}")) {
      cases.add(
          new Case("a state file " + Request.brief(file), state(file), 400, 422)
              .silentAbout("records"));
    }
    cases.add(
        new Case(
            "a list given twice",
            state("{\"processed_discounts\":[\"t1\"],\"processed_discounts\":[\"t2\"]}"),
            400,
            422));
    cases.add(
        new Case(
                "ids that are of no use",
                state("{\"processed_discounts\":[null,\"\",\" \",\"t3\"]}"),
                200)
            .says("\"passedOver\":3"));
    cases.add(
        new Case("an id with a NUL", state("{\"processed_discounts\":[\"t\\u0000\"]}"), 200, 422));
    cases.add(
        new Case(
            "an id of 100,000 letters",
            state("{\"processed_discounts\":[\"" + "t".repeat(100_000) + "\"]}"),
            200,
            400,
            422));
    cases.add(
        new Case(
            "an id of 2 MB",
            state("{\"processed_discounts\":[\"" + "t".repeat(2_000_000) + "\"]}"),
            200,
            400,
            422));
    cases.add(
        new Case(
            "10,000 equal ids",
            state("{\"processed_discounts\":[1" + ",1".repeat(9_999) + "]}"),
            200));
    cases.add(
        new Case(
            "600,000 different ids",
            state("{\"processed_discounts\":[0" + ids(600_000) + "]}"),
            413,
            422));
    cases.add(
        new Case(
            "600,000 equal ids",
            state("{\"processed_discounts\":[1" + ",1".repeat(600_000) + "]}"),
            200));
    cases.add(
        new Case(
                "a state file under another type: its text decides",
                Request.of("PUT", "/tracking/state")
                    .header("Content-Type: application/x-ndjson")
                    .body("{}"),
                422)
            .silentAbout("multipart"));
    cases.add(
        new Case(
            "a state file with ?x=1",
            state("{\"processed_discounts\":[]}").at("/tracking/state?x=1"),
            422));
    cases.add(
        new Case(
            "a state file with ?=1",
            state("{\"processed_discounts\":[]}").at("/tracking/state?=1"),
            422));
    cases.add(
        new Case(
                "an imported id is known", state("{\"processed_discounts\":[\"imported-1\"]}"), 200)
            .check(
                (answer, wire) ->
                    wire.get("/tracking/imported-1").status() == 200 ? null : "is not known"));
    String same = "\"title\":\"The very same text\",\"price\":\"15%\"}]";
    cases.add(
        new Case("a text", Request.json("[{\"discount_id\":\"same-a\"," + same), 202)
            .total(1)
            .after((results, wire) -> known(wire, "same-a")));
    cases.add(
        new Case(
                "the same text under another id",
                Request.json("[{\"discount_id\":\"same-b\"," + same),
                202)
            .total(1)
            .after((results, wire) -> known(wire, "same-b")));
    return cases;
  }

  static List<Case> logs(Known known) {
    String path =
        "%0A2026-11-26%2000:00:00,000%20ERROR%20[a.b.Fake]%20(main)%20forged"
            .replace("[", "%5B")
            .replace("]", "%5D");
    String json = TextCases.quoted("x" + FORGED + "\u001b[31m\u0000\u2028\u202e");
    List<Case> cases = new ArrayList<>();
    for (String field : List.of("profile", "mode", "name")) {
      cases.add(
          new Case(
              "forged by " + field,
              Request.json("{\"records\":[],\"" + field + "\":" + json + "}"),
              422,
              202));
    }
    cases.add(
        new Case("forged by a field's name", Request.json("{\"records\":[]," + json + ":1}"), 422));
    cases.add(
        new Case(
            "forged by an option",
            Request.json("{\"records\":[],\"options\":{" + json + ":1}}"),
            422));
    cases.add(
        new Case(
            "forged by a rule",
            Request.json("{\"records\":[],\"options\":{\"rulesOff\":[" + json + "]}}"),
            422));
    cases.add(
        new Case(
            "forged by a file's name",
            Request.json(
                "{\"files\":[{\"name\":"
                    + json
                    + ",\"records\":[]},{\"name\":"
                    + json
                    + ",\"records\":[]}]}"),
            422));
    cases.add(
        new Case(
            "forged by an accepted name",
            Request.json(
                "{\"name\":"
                    + json
                    + ",\"records\":[{\"discount_id\":\"lg\",\"title\":\"5% off\"}]}"),
            202,
            422));
    cases.add(
        new Case(
            "forged by a name given twice",
            Request.json("[{" + json + ":1," + json + ":2}]"),
            400));
    cases.add(
        new Case(
            "forged by an id and a title",
            Request.json(
                "[{\"discount_id\":" + json + ",\"title\":" + json + ",\"price\":\"5%\"}]"),
            202));
    for (String target :
        List.of(
            "/jobs/x" + path,
            "/tracking/x" + path,
            "/zzz" + path,
            "/jobs/" + known.job() + "/results?file=x" + path,
            "/jobs/" + known.job() + "/results?x" + path + "=1",
            "/jobs/%1b%5B31m",
            "/jobs/%E2%80%A8x",
            "/jobs/" + known.job() + "/failures?format=" + path)) {
      cases.add(
          new Case(
              "forged by GET " + Request.brief(target.replace(known.job(), "{id}")),
              Request.get(target),
              400,
              404,
              422));
    }
    for (String query : List.of("name", "mode", "profile", "rulesOff")) {
      cases.add(
          new Case(
              "forged by ?" + query,
              Request.lines("{\"discount_id\":\"lg2\",\"title\":\"5% off\"}")
                  .at("/jobs?" + query + "=x" + path),
              422,
              202));
    }
    cases.add(
        new Case("forged by DELETE", Request.of("DELETE", "/models/x" + path + "/state"), 404));
    cases.add(
        new Case("forged by a condition", Request.of("DELETE", "/tracking?state=x" + path), 422));
    cases.add(
        new Case(
            "forged by a part's name",
            new Multipart()
                .part(
                    "x",
                    "Content-Disposition: form-data; name=\"x%0A2026-11-26 00:00:00,000 ERROR forged\"")
                .post(),
            400,
            422));
    cases.add(
        new Case(
            "forged by an uploaded file",
            Multipart.files("x%0A2026-11-26 00:00:00,000 ERROR [a.b.Fake] (main) forged", "["),
            202,
            400,
            422));
    cases.add(
        new Case(
                "forged by a Content-Type",
                Request.post("x/\u0085y\u2028 2026 ERROR", "[]"),
                415,
                400)
            .transport());
    cases.add(
        new Case(
                "forged by a charset",
                Request.post("application/json; charset=\u0085\u2028x", "[]"),
                415,
                400)
            .transport());
    cases.add(
        new Case(
                "forged by an Idempotency-Key",
                Request.json("[]").header("Idempotency-Key: x\u0085\u2028y"),
                422,
                400)
            .transport());
    cases.add(
        new Case(
                "forged by a method",
                Request.raw(
                    "F\u0085O /jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                405,
                400,
                501,
                0)
            .transport());
    cases.add(
        new Case(
            "forged by a state file",
            state(
                "{\"processed_discounts\":[{"
                    + json
                    + ":1}],\"model_429_count\":{"
                    + json
                    + ":\"x\"}}"),
            400,
            422));
    return cases;
  }

  private static Request state(String file) {
    return Request.of("PUT", "/tracking/state").header("Content-Type: application/json").body(file);
  }

  private static String ids(int count) {
    StringBuilder ids = new StringBuilder();
    for (int i = 1; i < count; i++) {
      ids.append(',').append(i);
    }
    return ids.toString();
  }

  private static String known(Wire wire, String key) {
    return wire.get("/tracking/" + key).status() == 200
            && wire.get("/tracking/state").text().contains(key)
        ? null
        : key + " is not tracked";
  }
}
