import java.util.ArrayList;
import java.util.List;

/** Accept, Content-Type and the other headers; the same request posted again. */
final class HeaderCases {

  private static final String LIST = "[{\"discount_id\":\"h\",\"title\":\"5% off\"}]";

  private HeaderCases() {}

  static List<Case> accept(Known known) {
    List<Case> cases = new ArrayList<>();
    String results = "/jobs/" + known.job() + "/results";
    for (String accept :
        List.of(
            "*/*",
            "application/*",
            "application/json",
            "application/json;q=0.9",
            "application/json; q=0.1, text/html",
            "text/html, */*;q=0.1",
            "application/json; charset=utf-8",
            "APPLICATION/JSON",
            "",
            " ",
            "*",
            ",",
            "application/json, application/x-ndjson;q=0",
            "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")) {
      boolean javaClient = accept.endsWith("q=.2");
      cases.add(
          new Case(
                  "results, Accept: " + accept,
                  Request.get(results).header("Accept: " + accept),
                  javaClient ? new Integer[] {200, 406} : new Integer[] {200})
              .typed("application/json"));
    }
    for (String accept :
        List.of(
            "text/html",
            "application/xml",
            "application/json;q=0",
            "*/*;q=0",
            "application/json; charset=utf-16",
            "garbage",
            "a/b/c",
            "application/json;q=2",
            "application/json;q=x",
            "text/csv",
            "application/octet-stream")) {
      cases.add(
          new Case(
              "results, Accept: " + accept, Request.get(results).header("Accept: " + accept), 406));
      cases.add(
          new Case(
              "models, Accept: " + accept,
              Request.get("/models").header("Accept: " + accept),
              406));
    }
    cases.add(
        new Case(
                "an Accept without a value",
                Request.raw(
                    "GET "
                        + results
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept:\r\n\r\n"),
                200)
            .typed("application/json"));
    cases.add(
        new Case(
                "lines are asked for",
                Request.get(results).header("Accept: application/x-ndjson"),
                200)
            .typed("application/x-ndjson"));
    cases.add(
        new Case(
                "lines rather than a list",
                Request.get(results).header("Accept: application/json;q=0.5, application/x-ndjson"),
                200)
            .typed("application/x-ndjson"));
    cases.add(
        new Case(
                "a job as text",
                Request.get("/jobs/" + known.job()).header("Accept: text/plain"),
                200)
            .typed("text/plain"));
    cases.add(
        new Case(
            "a job for a browser",
            Request.get("/jobs/" + known.job())
                .header("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            200));
    cases.add(
        new Case(
                "two Accept headers",
                Request.get(results).header("Accept: text/html").header("Accept: application/json"),
                200)
            .typed("application/json"));
    cases.add(
        new Case(
                "500 types accepted",
                Request.get(results).header("Accept: " + "a/b,".repeat(500) + "application/json"),
                200)
            .typed("application/json"));
    cases.add(
        new Case("Accept-Encoding: br", Request.get(results).header("Accept-Encoding: br"), 200));
    cases.add(
        new Case(
            "Accept-Encoding: identity;q=0",
            Request.get(results).header("Accept-Encoding: identity;q=0"),
            200,
            406));
    cases.add(
        new Case(
            "Accept-Charset: utf-16",
            Request.get(results).header("Accept-Charset: utf-16"),
            200,
            406));
    cases.add(new Case("Range", Request.get(results).header("Range: bytes=0-1"), 200, 206));
    cases.add(
        new Case("If-None-Match: *", Request.get(results).header("If-None-Match: *"), 200, 304));
    cases.add(
        new Case(
            "If-Modified-Since rubbish",
            Request.get(results).header("If-Modified-Since: rubbish"),
            200));
    return cases;
  }

  static List<Case> headers(Known known) {
    List<Case> cases = new ArrayList<>();
    for (String type :
        List.of(
            "garbage",
            "",
            " ",
            "/",
            "application/",
            "application/json/x",
            "text/plain",
            "text/json",
            "application/xml",
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "application/json; charset=iso-8859-1",
            "application/json; charset=utf-16",
            "application/json; charset=\"latin1\"",
            "application/json; charset=zzz",
            "application/json; charset=x-\u0001",
            "*/*",
            "application/*",
            "image/png",
            "multipart/mixed; boundary=x",
            "application/problem+json",
            "application/json, application/x-ndjson")) {
      // A control character in a header is refused by the transport already.
      boolean control = type.indexOf('\u0001') >= 0;
      cases.add(
          new Case(
                  "Content-Type: " + Request.brief(type),
                  Request.post(type, LIST),
                  control ? new Integer[] {400, 415} : new Integer[] {415})
              .transport());
    }
    for (String type :
        List.of(
            "application/json",
            "application/json;charset=UTF-8",
            "application/json ; charset=utf-8",
            "Application/JSON",
            "application/json; charset=\"utf-8\"",
            "application/json; x=y",
            "application/json;")) {
      cases.add(new Case("Content-Type: " + type, Request.post(type, LIST), 202).total(1));
    }
    cases.add(new Case("no Content-Type", Request.of("POST", "/jobs").body(LIST), 202, 415));
    cases.add(
        new Case(
            "two Content-Types",
            Request.json(LIST).header("Content-Type: application/x-ndjson"),
            400,
            415));
    cases.add(
        new Case(
                "charset latin1 is named",
                Request.post("application/json; charset=iso-8859-1", LIST),
                415)
            .says("iso-8859-1"));
    cases.add(
        new Case(
            "a foreign page", Request.json(LIST).header("Origin: http://evil.example"), 202, 403));
    cases.add(
        new Case(
                "X-Forwarded-Host",
                Request.json(LIST).header("X-Forwarded-Host: evil.example"),
                202)
            .check(HeaderCases::locationIsOurs));
    cases.add(
        new Case(
                "Forwarded",
                Request.json(LIST).header("Forwarded: host=evil.example;proto=https"),
                202)
            .check(HeaderCases::locationIsOurs));
    cases.add(
        new Case(
            "X-HTTP-Method-Override",
            Request.get("/jobs/" + known.job()).header("X-HTTP-Method-Override: DELETE"),
            200));
    cases.add(
        new Case(
            "Upgrade to h2c",
            Request.get("/models")
                .header("Connection: Upgrade, HTTP2-Settings")
                .header("Upgrade: h2c")
                .header("HTTP2-Settings: AAMAAABkAAQAAP__"),
            200,
            101,
            400));
    // The transport answers with an empty 400, and waits for the client to hang up.
    cases.add(
        new Case(
                "Upgrade to h2c, without its Connection header",
                Request.get("/models")
                    .header("Upgrade: h2c")
                    .header("HTTP2-Settings: AAMAAABkAAQAAP__"),
                200,
                400,
                Answer.SILENT)
            .transport()
            .within(java.time.Duration.ofSeconds(2)));
    cases.add(
        new Case(
            "Upgrade to a websocket",
            Request.get("/models")
                .header("Connection: Upgrade")
                .header("Upgrade: websocket")
                .header("Sec-WebSocket-Key: x")
                .header("Connection: close"),
            200,
            400,
            426));
    cases.add(
        new Case("Expect: 100-continue", Request.json(LIST).header("Expect: 100-continue"), 202)
            .total(1));
    cases.add(new Case("Expect: rubbish", Request.json(LIST).header("Expect: rubbish"), 202, 417));
    cases.add(
        new Case(
            "15 kB of cookies",
            Request.get("/models").header("Cookie: a=" + "b".repeat(15_000)),
            200));
    cases.add(
        new Case(
            "25 kB of cookies",
            Request.get("/models").header("Cookie: a=" + "b".repeat(25_000)),
            431));
    cases.add(
        new Case(
                "200 kB of cookies: the transport refuses them",
                Request.raw(
                    "GET /models HTTP/1.1\r\nHost: localhost\r\nCookie: a="
                        + "b".repeat(200_000)
                        + "\r\n\r\n"),
                431,
                0)
            .transport());
    cases.add(
        new Case(
            "cookies that are none",
            Request.get("/models").header("Cookie: ;;=;a;\"").header("Connection: close"),
            200));
    cases.add(
        new Case(
            "rubbish in Authorization",
            Request.get("/models").header("Authorization: Basic %%%"),
            200));
    cases.add(
        new Case("a header in Hebrew", Request.get("/models").header("X-Name: נופש"), 200, 400));
    return cases;
  }

  private static String locationIsOurs(Answer answer, Wire wire) {
    String location = answer.header("location").orElse("");
    return location.startsWith("http://localhost") || location.startsWith("/")
        ? null
        : "Location is " + location;
  }

  static List<Case> idempotency(Known known) {
    List<Case> cases = new ArrayList<>();
    String[] first = new String[1];
    cases.add(
        new Case("a key", keyed("k-1", LIST), 202)
            .total(1)
            .check(
                (answer, wire) -> {
                  first[0] = answer.json().path("id").asText();
                  return null;
                }));
    cases.add(
        new Case("the same again", keyed("k-1", LIST), 202, 200)
            .check(
                (answer, wire) ->
                    answer.json().path("id").asText().equals(first[0]) ? null : "another job"));
    cases.add(new Case("another body", keyed("k-1", "[]"), 409, 422));
    cases.add(
        new Case(
            "the same, packed",
            Request.json(Request.gzip(LIST))
                .header("Content-Encoding: gzip")
                .header("Idempotency-Key: k-1"),
            202,
            409,
            422));
    cases.add(
        new Case(
            "the same as another kind",
            Request.lines(LIST.substring(1, LIST.length() - 1)).header("Idempotency-Key: k-1"),
            409,
            422));
    cases.add(new Case("two keys", keyed("k-2", LIST).header("Idempotency-Key: k-3"), 400, 422));
    cases.add(new Case("an empty key", keyed("", LIST), 400, 422));
    cases.add(new Case("a blank key", keyed("  ", LIST), 400, 422));
    cases.add(new Case("a key of 5,000 characters", keyed("k".repeat(5_000), LIST), 400, 422));
    cases.add(new Case("a key of 200 characters", keyed("k".repeat(200), LIST), 202).total(1));
    cases.add(new Case("a key in Hebrew", keyed("מפתח", LIST), 202, 400, 422));
    cases.add(new Case("a key in quotes", keyed("\"k-4\"", LIST), 202, 422));
    cases.add(new Case("a key with SQL", keyed("'; DROP TABLE jobs; --", LIST), 202, 422));
    cases.add(new Case("a key with a comma", keyed("a, b", LIST), 202, 422));
    cases.add(new Case("a key for a broken body", keyed("k-5", "["), 400).malformed());
    cases.add(new Case("the key again, the body mended", keyed("k-5", LIST), 202).total(1));
    cases.add(
        new Case(
                "an upload with a key",
                Multipart.files("a.json", LIST).header("Idempotency-Key: k-6"),
                202)
            .total(1));
    cases.add(
        new Case(
                "the upload again",
                Multipart.files("a.json", LIST).header("Idempotency-Key: k-6"),
                202,
                200)
            .total(1));
    cases.add(
        new Case(
            "the upload with another name",
            Multipart.files("b.json", LIST).header("Idempotency-Key: k-6"),
            409,
            422));
    return cases;
  }

  private static Request keyed(String key, String body) {
    return Request.json(body).header("Idempotency-Key: " + key);
  }
}
