import java.util.ArrayList;
import java.util.List;

/** Multipart bodies that are none, or odd. */
final class UploadCases {

  private static final String LIST = JsonCases.FINE;
  private static final String FORM = "Content-Type: multipart/form-data; boundary=";

  private UploadCases() {}

  static List<Case> cases(Known known) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("a file", Multipart.files("a.json", LIST), 202).total(1));
    cases.add(new Case("two files", Multipart.files("a.json", LIST, "b.json", LIST), 202).total(2));
    cases.add(
        new Case("two files of one name", Multipart.files("a.json", LIST, "a.json", LIST), 422));
    cases.add(new Case("no part at all", new Multipart().post(), 400, 422));
    cases.add(new Case("a job without files", new Multipart().job("{}").post(), 400, 422));
    cases.add(
        new Case(
            "two jobs",
            new Multipart().job("{}").job("{\"mode\":\"store\"}").file("a.json", LIST).post(),
            422));
    cases.add(
        new Case("an empty job", new Multipart().job("").file("a.json", LIST).post(), 400, 422)
            .says("part job", "job"));
    cases.add(
        new Case(
                "a job that is no JSON", new Multipart().job("{x").file("a.json", LIST).post(), 400)
            .says("part job"));
    cases.add(
        new Case("a job that is a list", new Multipart().job("[]").file("a.json", LIST).post(), 422)
            .says("job"));
    cases.add(
        new Case(
            "a job with records",
            new Multipart().job("{\"records\":[]}").file("a.json", LIST).post(),
            422));
    cases.add(
        new Case(
            "a job with files",
            new Multipart().job("{\"files\":[]}").file("a.json", LIST).post(),
            422));
    cases.add(
        new Case(
            "a job of 1 MB",
            new Multipart()
                .job("{\"name\":\"" + "n".repeat(1_000_000) + "\"}")
                .file("a.json", LIST)
                .post(),
            413,
            422,
            400));
    cases.add(
        new Case(
            "a job that is a file",
            new Multipart()
                .part(
                    "{\"mode\":\"store\"}",
                    "Content-Disposition: form-data; name=\"job\"; filename=\"job.json\"",
                    "Content-Type: application/json")
                .file("a.json", LIST)
                .post(),
            202,
            400,
            422));
    cases.add(
        new Case(
            "a job as text",
            new Multipart()
                .part("{\"name\":\"t\"}", "Content-Disposition: form-data; name=\"job\"")
                .file("a.json", LIST)
                .post(),
            202,
            415,
            422));
    cases.add(
        new Case(
                "a job in Latin-1",
                new Multipart()
                    .part(
                        new byte[] {
                          '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xe9, '"', '}'
                        },
                        "Content-Disposition: form-data; name=\"job\"")
                    .file("a.json", LIST)
                    .post(),
                400,
                422)
            .says("utf-8"));
    cases.add(
        new Case(
            "an unknown part",
            new Multipart()
                .part("x", "Content-Disposition: form-data; name=\"zzz\"")
                .file("a.json", LIST)
                .post(),
            422));
    cases.add(
        new Case(
            "a part without a name",
            new Multipart().part(LIST, "Content-Disposition: form-data").post(),
            400,
            422));
    cases.add(
        new Case(
            "a part with an empty name",
            new Multipart()
                .part(LIST, "Content-Disposition: form-data; name=\"\"; filename=\"a.json\"")
                .post(),
            400,
            422));
    cases.add(new Case("a part without headers", new Multipart().part(LIST).post(), 400, 422));
    cases.add(
        new Case(
            "file in capitals",
            new Multipart()
                .part(LIST, "Content-Disposition: form-data; name=\"FILE\"; filename=\"a.json\"")
                .post(),
            422));
    // It is called file then; an empty name is another thing, and refused.
    cases.add(
        new Case(
                "a file without a file name",
                new Multipart().part(LIST, "Content-Disposition: form-data; name=\"file\"").post(),
                202)
            .total(1));
    for (String charset : List.of("zzz", "iso-8859-1", "utf-16", "\"\"")) {
      cases.add(
          new Case(
                  "a part of charset " + charset,
                  new Multipart()
                      .part(
                          "{}",
                          "Content-Disposition: form-data; name=\"job\"",
                          "Content-Type: text/plain; charset=" + charset)
                      .file("a.json", LIST)
                      .post(),
                  400,
                  415)
              .says("utf-8"));
    }
    for (String type :
        List.of(
            "application/json",
            "application/json; charset=utf-8",
            "text/plain; charset=UTF-8",
            "TEXT/PLAIN")) {
      cases.add(
          new Case(
                  "a part of type " + type,
                  new Multipart()
                      .part(
                          "{\"name\":\"נופש\"}",
                          "Content-Disposition: form-data; name=\"job\"",
                          "Content-Type: " + type)
                      .file("a.json", LIST)
                      .post(),
                  202)
              .total(1)
              .says("נופש"));
    }
    cases.add(
        new Case(
                "Latin-1 in a file without a file name",
                new Multipart()
                    .part(
                        new byte[] {'[', '"', (byte) 0xe9, '"', ']'},
                        "Content-Disposition: form-data; name=\"file\"")
                    .post(),
                400)
            .says("utf-8"));
    cases.add(
        new Case(
                "Latin-1 in a job of type application/json",
                new Multipart()
                    .part(
                        new byte[] {
                          '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xe9, '"', '}'
                        },
                        "Content-Disposition: form-data; name=\"job\"",
                        "Content-Type: application/json")
                    .file("a.json", LIST)
                    .post(),
                400)
            .says("utf-8"));
    cases.add(new Case("an empty file name", Multipart.files("", LIST), 400, 422));
    cases.add(new Case("a blank file name", Multipart.files(" ", LIST), 400, 422));
    cases.add(
        new Case("a file name of 501 characters", Multipart.files("n".repeat(501), LIST), 422));
    cases.add(
        new Case(
            "a file name of 20 kB", Multipart.files("n".repeat(20_000), LIST), 400, 413, 422, 431));
    cases.add(
        new Case(
            "headers of a part of 100 kB",
            new Multipart()
                .part(
                    LIST,
                    "Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"",
                    "X-A: " + "b".repeat(100_000))
                .post(),
            400,
            413,
            422,
            431));
    for (String name :
        List.of(
            "../../etc/passwd",
            "/etc/passwd",
            "C:\\\\temp\\\\a.json",
            "..",
            ".",
            "a/b/c.json",
            "נופש.json",
            "a b.json",
            "%2e%2e%2fa",
            "con",
            "a;b.json",
            "$(id).json",
            "-rf",
            "a'b.json")) {
      cases.add(
          new Case("a file name " + name, Multipart.files(name, LIST), 202)
              .total(1)
              .after((results, wire) -> results.json().size() == 1 ? null : "is not whole"));
    }
    cases.add(
        new Case("a quote in a file name", Multipart.files("q\\\"x.json", LIST), 202)
            .total(1)
            .check((answer, wire) -> named(answer, "q\"x.json")));
    cases.add(
        new Case("a quote as browsers write it", Multipart.files("q%22x.json", LIST), 202)
            .total(1));
    cases.add(
        new Case(
            "a line break as browsers write it", Multipart.files("a%0Ab.json", LIST), 202, 422));
    cases.add(
        new Case(
            "a file name of RFC 5987",
            new Multipart()
                .part(
                    LIST,
                    "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%D7%A0.json")
                .post(),
            202,
            400,
            422));
    cases.add(
        new Case(
                "a file name without quotes",
                new Multipart()
                    .part(LIST, "Content-Disposition: form-data; name=file; filename=a.json")
                    .post(),
                202)
            .total(1));
    cases.add(
        new Case(
            "a file name in Latin-1",
            new Multipart()
                .part(
                    LIST,
                    "Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"",
                    "X-A: é")
                .post(),
            202));
    cases.add(
        new Case("an empty file", Multipart.files("bad.json", "", "a.json", LIST), 202)
            .total(1)
            .says("bad.json is empty", "the file is empty"));
    cases.add(
        new Case(
            "all files are broken", Multipart.files("a.json", "[", "b.json", "{"), 202, 400, 422));
    cases.add(
        new Case(
                "a file that is an object",
                Multipart.files("a.json", "{\"discount_id\":\"1\"}", "b.json", LIST),
                202)
            .total(1));
    cases.add(
        new Case(
                "a file of lines",
                new Multipart()
                    .part(
                        "{\"discount_id\":\"u\",\"title\":\"5% off\"}\n",
                        "Content-Disposition: form-data; name=\"file\"; filename=\"a.ndjson\"")
                    .post(),
                202)
            .total(1));
    cases.add(
        new Case(
                "a packed part",
                new Multipart()
                    .part(
                        Request.gzip(LIST),
                        "Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"",
                        "Content-Encoding: gzip")
                    .file("b.json", LIST)
                    .post(),
                202,
                400,
                415,
                422)
            .says("gzip"));
    cases.add(
        new Case(
            "a part in base64",
            new Multipart()
                .part(
                    "W10=",
                    "Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"",
                    "Content-Transfer-Encoding: base64")
                .post(),
            202,
            400,
            415,
            422));
    cases.add(
        new Case(
            "a nested upload",
            new Multipart()
                .part(
                    "--in\r\nContent-Disposition: file; filename=\"a.json\"\r\n\r\n"
                        + LIST
                        + "\r\n--in--\r\n",
                    "Content-Disposition: form-data; name=\"file\"",
                    "Content-Type: multipart/mixed; boundary=in")
                .post(),
            202,
            400,
            415,
            422));
    cases.add(new Case("1,001 files", many(1_001), 400, 413, 422));
    cases.add(
        new Case("1,000 files", many(1_000), 202)
            .total(1_000)
            .within(java.time.Duration.ofSeconds(60)));
    cases.add(new Case("a cut upload", new Multipart().file("a.json", LIST).cut(), 400, 422));
    cases.add(
        new Case(
            "cut in a part's headers",
            new Multipart().text("--" + Multipart.BOUNDARY + "\r\nContent-Dispo").cut(),
            400,
            422));
    cases.add(new Case("nothing", new Multipart().cut(), 400, 422));
    cases.add(
        new Case(
            "text before and after",
            new Multipart()
                .text("preamble\r\n")
                .file("a.json", LIST)
                .text("--" + Multipart.BOUNDARY + "--\r\nepilogue")
                .cut(),
            202,
            400));
    cases.add(
        new Case(
            "the end alone",
            new Multipart().text("--" + Multipart.BOUNDARY + "--\r\n").cut(),
            400,
            422));
    cases.add(
        new Case(
            "bare line feeds",
            new Multipart()
                .text(
                    "--"
                        + Multipart.BOUNDARY
                        + "\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\n\n"
                        + LIST
                        + "\n--"
                        + Multipart.BOUNDARY
                        + "--\n")
                .cut(),
            202,
            400,
            422));
    cases.add(new Case("no boundary", Request.post("multipart/form-data", "--x--"), 400, 415));
    cases.add(
        new Case(
            "an empty boundary", Request.of("POST", "/jobs").header(FORM).body("----"), 400, 415));
    cases.add(
        new Case(
            "another boundary",
            Request.of("POST", "/jobs")
                .header(FORM + "zzz")
                .body(
                    Multipart.files("a.json", LIST).body() == null
                        ? ""
                        : "--other\r\n\r\n--other--"),
            400,
            422));
    cases.add(
        new Case(
            "a boundary of 10,000 characters",
            Request.of("POST", "/jobs").header(FORM + "b".repeat(10_000)).body("x"),
            400,
            415,
            422));
    cases.add(
        new Case(
            "JSON as an upload",
            Request.of("POST", "/jobs").header(FORM + "x").body(LIST),
            400,
            422));
    cases.add(
        new Case(
            "an upload as JSON",
            Multipart.files("a.json", LIST).header("Content-Type: application/json"),
            400,
            415));
    cases.add(
        new Case(
            "form-data in capitals",
            new Multipart()
                .part(LIST, "CONTENT-DISPOSITION: FORM-DATA; NAME=\"file\"; FILENAME=\"a.json\"")
                .post(),
            202,
            400,
            422));
    cases.add(
        new Case(
            "an attachment",
            new Multipart()
                .part(LIST, "Content-Disposition: attachment; name=\"file\"; filename=\"a.json\"")
                .post(),
            202,
            400,
            422));
    return cases;
  }

  private static String named(Answer answer, String name) {
    return answer.json().path("files").path(0).path("name").asText().equals(name)
        ? null
        : "is named " + answer.json().path("files").path(0).path("name");
  }

  private static Request many(int count) {
    Multipart multipart = new Multipart();
    for (int i = 0; i < count; i++) {
      multipart.file("f" + i + ".json", "[{\"discount_id\":\"f" + i + "\",\"title\":\"5% off\"}]");
    }
    return multipart.post();
  }
}
