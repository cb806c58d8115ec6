import java.util.ArrayList;
import java.util.List;

/** NDJSON, packed bodies, and what is nearly one or the other. */
final class LineCases {

  private static final String A = "{\"discount_id\":\"a\",\"title\":\"5% off\"}";
  private static final String B = "{\"discount_id\":\"b\",\"title\":\"6% off\"}";

  private LineCases() {}

  static List<Case> lines(Known known) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("no end of the last line", Request.lines(A + "\n" + B), 202).total(2));
    cases.add(
        new Case("line ends of Windows", Request.lines(A + "\r\n" + B + "\r\n"), 202).total(2));
    cases.add(
        new Case("blank lines", Request.lines("\n\n" + A + "\n \t \n\r\n" + B + "\n\n"), 202)
            .total(2));
    cases.add(
        new Case("blanks around", Request.lines("  " + A + "  \n\t" + B + "\t\n"), 202).total(2));
    cases.add(new Case("a byte order mark", Request.lines("\ufeff" + A + "\n" + B), 202, 400));
    cases.add(new Case("nothing at all: no record, as with []", Request.lines(""), 202).total(0));
    cases.add(new Case("blank lines alone", Request.lines("\n\n\n"), 202).total(0));
    cases.add(new Case("line ends of old Macs", Request.lines(A + "\r" + B + "\r"), 202).total(2));
    cases.add(
        new Case("two objects on a line", Request.lines(A + B + "\n"), 400).malformed().atLine(1));
    cases.add(
        new Case("two objects with a blank between", Request.lines(A + " " + B + "\n"), 400)
            .malformed()
            .atLine(1));
    cases.add(
        new Case("two objects with a comma between", Request.lines(A + "," + B + "\n"), 400)
            .malformed()
            .atLine(1));
    cases.add(
        new Case("lines that end in commas", Request.lines(A + ",\n" + B + "\n"), 400)
            .malformed()
            .atLine(1));
    cases.add(
        new Case(
                "an object over several lines", Request.lines("{\n\"discount_id\":\"a\"\n}\n"), 400)
            .malformed()
            .atLine(1));
    cases.add(
        new Case("a pretty list", Request.lines("[\n  " + A + "\n]\n"), 400)
            .malformed()
            .atLine(1)
            .says("json"));
    cases.add(
        new Case("a list on a line", Request.lines("[" + A + "," + B + "]\n"), 400)
            .malformed()
            .atLine(1)
            .says("application/json"));
    cases.add(
        new Case(
                "a list on line 3: an element that is no object",
                Request.lines(A + "\n" + B + "\n[" + A + "]\n"),
                202)
            .total(3));
    cases.add(
        new Case("a broken last line", Request.lines("{\"a\":1}\n{"), 400).malformed().atLine(2));
    cases.add(
        new Case("a sequence of RFC 7464", Request.lines("\u001e" + A + "\n"), 400)
            .malformed()
            .atLine(1));
    cases.add(
        new Case("a comment line", Request.lines("# head\n" + A + "\n"), 400)
            .malformed()
            .atLine(1));
    cases.add(
        new Case("numbers, texts, null", Request.lines("1\n\"two\"\nnull\ntrue\n"), 202).total(4));
    cases.add(
        new Case("10,001 lines that are no objects", Request.lines("0\n".repeat(10_001)), 422));
    cases.add(
        new Case("a line of 300 kB", Request.lines(large(300_000) + "\n" + A + "\n"), 202)
            .total(2));
    cases.add(new Case("a line of 9 MB", Request.lines(large(9_000_000) + "\n"), 400));
    cases.add(
        new Case("U+2028 in a text", Request.lines(titled("5% a\u2028b")), 202)
            .total(1)
            .returns("title", "5% a\u2028b"));
    cases.add(
        new Case("U+0085 in a text", Request.lines(titled("5% a\u0085b")), 202)
            .total(1)
            .returns("title", "5% a\u0085b"));
    cases.add(
        new Case("NULs between lines", Request.lines(A + "\n\0\n" + B), 400).malformed().atLine(2));
    cases.add(
        new Case("a type with blanks", Request.post("application/x-ndjson ; charset=utf-8", A), 202)
            .total(1));
    cases.add(new Case("the type ndjson", Request.post("application/ndjson", A), 202, 415));
    cases.add(new Case("the type jsonl", Request.post("application/jsonl", A), 202, 415));
    return cases;
  }

  static List<Case> gzip(Known known) {
    byte[] packed = Request.gzip(A + "\n" + B + "\n");
    byte[] list = Request.gzip("[" + A + "]");
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("lines, packed", packed(packed), 202).total(2));
    cases.add(new Case("a list, packed", packedJson(list), 202).total(1));
    cases.add(
        new Case("X-GZIP in capitals", Request.lines(packed).header("Content-Encoding: GZIP"), 202)
            .total(2));
    cases.add(new Case("two members", packed(join(packed, packed)), 202).total(4));
    cases.add(new Case("cut in the middle", packed(part(packed, packed.length / 2)), 400));
    cases.add(new Case("cut before its check", packed(part(packed, packed.length - 6)), 400));
    cases.add(new Case("its head alone", packed(part(packed, 10)), 400));
    cases.add(new Case("a wrong check", packed(turned(packed, packed.length - 6)), 400));
    cases.add(new Case("a wrong byte", packed(turned(packed, packed.length / 2)), 400));
    cases.add(
        new Case("rubbish after the end", packed(join(packed, new byte[] {1, 2, 3})), 400, 202));
    cases.add(
        new Case(
                "not packed, but said to be",
                Request.lines(A).header("Content-Encoding: gzip"),
                400)
            .says("gzip"));
    cases.add(
        new Case(
            "nothing, said to be packed",
            Request.lines("").header("Content-Encoding: gzip"),
            400,
            422));
    cases.add(new Case("packed, but not said to be", Request.lines(packed), 400).says("gzip"));
    cases.add(new Case("packed list, not said to be", Request.json(list), 400).says("gzip"));
    cases.add(new Case("packed twice", packed(Request.gzip(packed)), 400).says("gzip"));
    cases.add(
        new Case(
            "gzip, gzip",
            Request.lines(Request.gzip(packed)).header("Content-Encoding: gzip, gzip"),
            415));
    cases.add(new Case("br", Request.lines(A).header("Content-Encoding: br"), 415).says("gzip"));
    cases.add(
        new Case("deflate", Request.lines(A).header("Content-Encoding: deflate"), 415)
            .says("gzip"));
    cases.add(
        new Case("zstd", Request.lines(A).header("Content-Encoding: zstd"), 415).says("gzip"));
    cases.add(
        new Case("identity", Request.lines(A).header("Content-Encoding: identity"), 202).total(1));
    cases.add(
        new Case("an empty encoding", Request.lines(A).header("Content-Encoding:"), 202, 415));
    cases.add(
        new Case(
            "a packed upload of a state file",
            Request.of("PUT", "/tracking/state")
                .header("Content-Type: application/json")
                .header("Content-Encoding: gzip")
                .body(Request.gzip("{\"processed_discounts\":[\"packed-1\"]}")),
            200));
    cases.add(
        new Case(
                "a state file, said to be packed",
                Request.of("PUT", "/tracking/state")
                    .header("Content-Type: application/json")
                    .header("Content-Encoding: gzip")
                    .body("{}"),
                400)
            .says("gzip"));
    cases.add(
        new Case(
                "a packed file as a part",
                new Multipart()
                    .part(
                        list,
                        "Content-Disposition: form-data; name=\"file\"; filename=\"a.json.gz\"",
                        "Content-Type: application/gzip")
                    .post(),
                202,
                400,
                415,
                422)
            .says("gzip"));
    cases.add(
        new Case(
            "33 MB of blanks packed as a state file",
            Request.of("PUT", "/tracking/state")
                .header("Content-Type: application/json")
                .header("Content-Encoding: gzip")
                .body(Request.gzip(" ".repeat(34_000_000))),
            413));
    cases.add(
        new Case(
            "100 MB of blanks packed as a list",
            packedJson(Request.gzip(" ".repeat(100_000_000))),
            400,
            422));
    cases.add(
        new Case(
            "a million zeros packed",
            packedJson(Request.gzip("[0" + ",0".repeat(1_000_000) + "]")),
            422));
    return cases;
  }

  private static String titled(String title) {
    return "{\"discount_id\":\"%s\",\"price\":\"5%%\",\"title\":\"%s\"}\n"
        .formatted("l" + title.hashCode(), title);
  }

  private static String large(int length) {
    return "{\"discount_id\":\"large\",\"title\":\"5% off\",\"description\":\""
        + "x ".repeat(length / 2)
        + "\"}";
  }

  private static Request packed(byte[] bytes) {
    return Request.lines(bytes)
        .header("Content-Encoding: gzip")
        .shown("%,d packed bytes".formatted(bytes.length));
  }

  private static Request packedJson(byte[] bytes) {
    return Request.json(bytes)
        .header("Content-Encoding: gzip")
        .shown("%,d packed bytes".formatted(bytes.length));
  }

  private static byte[] part(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static byte[] turned(byte[] bytes, int at) {
    byte[] turned = bytes.clone();
    turned[at] ^= 0x55;
    return turned;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
