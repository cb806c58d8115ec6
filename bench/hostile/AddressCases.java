import java.util.ArrayList;
import java.util.List;

/** Query parameters, paths, methods, Accept and other headers. */
final class AddressCases {

  private static final String RECORD = "{\"discount_id\":\"q\",\"title\":\"5% off\"}";

  private AddressCases() {}

  static List<Case> query(Known known) {
    List<Case> cases = new ArrayList<>();
    for (String query :
        List.of(
            "mode=store",
            "mode=store&dryrun=true",
            "dryRun",
            "dryRun=yes",
            "priority=low",
            "dedupe=zzz",
            "profile=zzz",
            "unknown=1",
            "name=x",
            "=",
            "&",
            "a",
            "%00=1",
            "x%0Ay=1",
            "retryFailed=true",
            "rulesOff=field_missing")) {
      int right = query.equals("&") ? 202 : 422;
      cases.add(
          new Case(
              "a list with ?" + query,
              Request.json("[" + RECORD + "]").at("/jobs?" + query),
              right));
      cases.add(
          new Case(
              "an upload with ?" + query,
              Multipart.files("a.json", "[" + RECORD + "]").at("/jobs?" + query),
              right));
    }
    for (String query :
        List.of(
            "mode=store&mode=enhance",
            "mode=",
            "mode",
            "mode=zzz",
            "mode=STORE",
            "name=",
            "name=%20",
            "priority=urgent",
            "priority=1",
            "dedupe=zzz",
            "profile=zzz",
            "retryFailed=yes",
            "retryFailed=",
            "rulesOff=zzz",
            "rulesOff=",
            "Mode=enhance",
            "%6Dode=zzz",
            "mode=enhance%00",
            "unknown=1",
            "dryrun=1",
            "records=1",
            "name=" + "n".repeat(501),
            "name=a&name=b",
            "mode[]=store",
            "options.priority=low")) {
      cases.add(new Case("lines with ?" + query, Request.lines(RECORD).at("/jobs?" + query), 422));
    }
    for (String query :
        List.of(
            "mode=enhance",
            "name=night+ly",
            "name=%D7%A0",
            "priority=low",
            "dedupe=id",
            "retryFailed=false",
            "rulesOff=field_missing,price_out_of_range",
            "rulesOff=field_missing&rulesOff=price_out_of_range",
            "name=" + "n".repeat(500),
            "%6Dode=enhance")) {
      cases.add(
          new Case("lines with ?" + query, Request.lines(RECORD).at("/jobs?" + query), 202)
              .total(1));
    }
    cases.add(
        new Case(
                "a semicolon between parameters",
                Request.lines(RECORD).at("/jobs?mode=enhance;priority=low"),
                202)
            .total(1)
            .says("\"priority\":\"low\""));
    String job = "/jobs/" + known.job();
    for (String query :
        List.of(
            "file=",
            "file",
            "file=a&file=b",
            "limit=1",
            "after=",
            "after=1",
            "format=zzz",
            "evidence=zzz",
            "format=",
            "FILE=known.json",
            "state=failed",
            "x=1")) {
      cases.add(new Case("results?" + query, Request.get(job + "/results?" + query), 422));
      cases.add(new Case("failures?" + query, Request.get(job + "/failures?" + query), 422));
    }
    cases.add(
        new Case("results of a file", Request.get(job + "/results?file=known.json"), 200)
            .says("known-1"));
    cases.add(
        new Case(
            "results of a file that is not there", Request.get(job + "/results?file=zzz"), 404));
    cases.add(
        new Case("results of a file with a NUL", Request.get(job + "/results?file=%00"), 404, 422));
    cases.add(
        new Case("failures as records", Request.get(job + "/failures?format=records"), 200)
            .typed("application/json"));
    cases.add(
        new Case(
            "failures twice as records",
            Request.get(job + "/failures?format=records&format=records"),
            422));
    cases.add(new Case("results as records", Request.get(job + "/results?format=records"), 422));
    for (String target :
        List.of(job, "/models", "/tracking", "/tracking/known-1", "/tracking/state")) {
      cases.add(
          new Case(
              target.replace(known.job(), "{id}") + "?x=1", Request.get(target + "?x=1"), 422));
      cases.add(
          new Case(target.replace(known.job(), "{id}") + "?=", Request.get(target + "?="), 422));
    }
    return cases;
  }

  static List<Case> path(Known known) {
    List<Case> cases = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "/status",
            "/version",
            "/health",
            "/metrics",
            "/jobs/zzz",
            "/jobs/" + Known.NONE.job(),
            "/jobs/zzz/results",
            "/jobs/" + Known.NONE.job() + "/failures",
            "/jobs/" + known.job() + "/zzz",
            "/jobs/" + known.job() + "/results/1",
            "/jobs/%00",
            "/jobs/x%0Ay",
            "/jobs/" + "9".repeat(3_000),
            "/tracking/none",
            "/tracking/%00",
            "/tracking/a%00b",
            "/tracking/%E2%80%A8",
            "/models/zzz/state/x",
            "/favicon.ico",
            "/robots.txt",
            "/.env",
            "/admin",
            "/../../etc/passwd",
            "/jobs/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/jobs/..%2f..%2fetc%2fpasswd",
            "/jobs/%27%20OR%201=1--",
            "/JOBS/" + known.job(),
            "/jobs;x=1/zzz",
            "/q/zzz",
            "/index.html",
            "//",
            "/jobs//x")) {
      cases.add(new Case("GET " + Request.brief(path), Request.get(path), 404, 400));
    }
    for (String path :
        List.of(
            "/jobs/%zz",
            "/jobs/%",
            "/jobs/%4",
            "/jobs/{id}",
            "/jobs/%ff",
            "/jobs/%c0%af",
            "/jobs/%ed%a0%80",
            "/jobs/a|b",
            "/jobs/a\\b",
            "/jobs/a\"b",
            "/jobs/<b>",
            "/jobs/a^b",
            "/jobs/a`b",
            "/jobs/\u00e9",
            "/jobs?x={y}",
            "/tracking/%zz",
            "/tracking/%ff",
            "/jobs/" + known.job() + "/results?file=%zz",
            "/jobs/" + known.job() + "/results?file=%ff",
            "/tracking?key=%zz")) {
      cases.add(new Case("GET " + path.replace(known.job(), "{id}"), Request.get(path), 400));
    }
    cases.add(
        new Case("an address of 9,000 characters", Request.get("/jobs/" + "a".repeat(9_000)), 414));
    cases.add(
        new Case(
            "a query of 9,000 characters", Request.get("/jobs/x?a=" + "a".repeat(9_000)), 414));
    cases.add(
        new Case(
                "an address of 100,000 characters: the transport refuses it",
                Request.raw("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                414,
                0)
            .transport());
    cases.add(new Case("an asterisk", Request.of("OPTIONS", "*"), 200, 204, 400, 404));
    cases.add(new Case("a whole address", Request.get("http://localhost/jobs/zzz"), 404, 400));
    cases.add(
        new Case(
            "a job with a slash at its end", Request.get("/jobs/" + known.job() + "/"), 200, 404));
    cases.add(
        new Case(
            "a job in capitals",
            Request.get("/jobs/" + known.job().toUpperCase(java.util.Locale.ROOT)),
            200,
            404));
    cases.add(new Case("a job with escapes", Request.get("/%6Aobs/" + known.job()), 200, 404));
    cases.add(new Case("a fragment", Request.get("/jobs/" + known.job() + "#x"), 200, 400, 404));
    return cases;
  }

  static List<Case> methods(Known known) {
    List<Case> cases = new ArrayList<>();
    String job = "/jobs/" + known.job();
    record Resource(String path, List<String> methods) {}
    for (Resource resource :
        List.of(
            new Resource("/jobs", List.of("POST")),
            new Resource(job, List.of("GET", "HEAD")),
            new Resource(job + "/results", List.of("GET", "HEAD")),
            new Resource(job + "/failures", List.of("GET", "HEAD")),
            new Resource("/models", List.of("GET", "HEAD")),
            new Resource("/models/x/state", List.of("DELETE")),
            new Resource("/tracking", List.of("GET", "HEAD", "DELETE")),
            new Resource("/tracking/known-1", List.of("GET", "HEAD")),
            new Resource("/tracking/state", List.of("GET", "HEAD", "PUT")))) {
      String shown = resource.path().replace(known.job(), "{id}");
      for (String method :
          List.of(
              "GET",
              "POST",
              "PUT",
              "PATCH",
              "DELETE",
              "TRACE",
              "CONNECT",
              "FOO",
              "PROPFIND",
              "get")) {
        if (!resource.methods().contains(method)) {
          cases.add(
              new Case(method + " " + shown, Request.of(method, resource.path()), 405, 501)
                  .check((answer, wire) -> allows(answer, resource.methods())));
        }
      }
      if (resource.methods().contains("HEAD")) {
        cases.add(new Case("HEAD " + shown, Request.of("HEAD", resource.path()), 200));
      }
      cases.add(
          new Case("OPTIONS " + shown, Request.of("OPTIONS", resource.path()), 200, 204)
              .check((answer, wire) -> allows(answer, resource.methods())));
      cases.add(
          new Case(
                  "preflight of " + shown,
                  Request.of("OPTIONS", resource.path())
                      .header("Origin: http://evil.example")
                      .header("Access-Control-Request-Method: POST"),
                  200,
                  204,
                  403)
              .check(
                  (answer, wire) ->
                      answer.header("access-control-allow-origin").isEmpty()
                          ? null
                          : "lets a foreign page in"));
    }
    return cases;
  }

  private static String allows(Answer answer, List<String> methods) {
    if (answer.status() == 501) {
      return null;
    }
    var allowed = new java.util.TreeSet<>(List.of(answer.header("allow").orElse("").split(", *")));
    var right = new java.util.TreeSet<>(methods);
    right.add("OPTIONS");
    return allowed.equals(right) ? null : "allows " + allowed + ", not " + right;
  }
}
