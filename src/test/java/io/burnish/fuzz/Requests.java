package io.burnish.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Makes requests to all that the contract has: most nearly right, each of a number of its own. */
final class Requests {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private static final List<String> OTHER_METHODS =
      List.of("HEAD", "OPTIONS", "PATCH", "TRACE", "GET", "POST", "PUT", "DELETE", "FOO", "get");

  private static final String RECORD =
      "{\"discount_id\":\"fuzz-%d\",\"title\":\"שלום 🎁 20%% off lamps\",\"price\":\"20%% OFF\",\"club_name\":[\"a\",null,true]}";

  private static final String JOB =
      "{\"name\":\"n\",\"profile\":\"discount\",\"mode\":\"enhance\",\"options\":{\"priority\":\"low\",\"dedupe\":\"id\","
          + "\"retryFailed\":true,\"rulesOff\":[]}";

  private static final String STATE =
      "{\"processed_discounts\":[7,\"fuzz-8\",\"é\"],\"failed_discounts\":[\"fuzz-9\",-1],\"last_updated\":\"x\"}";

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-ndjson",
          "multipart/form-data; boundary=b",
          "multipart/form-data",
          "multipart/form-data; boundary=\"\"",
          "multipart/mixed; boundary=b",
          "application/json; charset=utf-8",
          "application/json; charset=utf-16",
          "application/x-www-form-urlencoded",
          "text/plain",
          "application/*",
          "*/*",
          "json",
          ";",
          "");

  private static final List<String> ACCEPTS =
      List.of(
          "*/*",
          "application/json",
          "application/x-ndjson",
          "text/plain",
          "application/json;q=0, */*",
          "application/json;q=2",
          "text/html,application/xhtml+xml,*/*;q=0.8",
          "application/problem+json",
          ",",
          "a/b/c",
          "");

  private static final List<String> CODINGS =
      List.of("gzip", "GZIP", "x-gzip", "identity", "br", "gzip, gzip", "deflate", "");

  private static final List<String> OTHER_HEADERS =
      List.of(
          "Accept-Encoding",
          "Accept-Charset",
          "Accept-Language",
          "Range",
          "If-None-Match",
          "If-Match",
          "If-Modified-Since",
          "Origin",
          "Cookie",
          "Authorization",
          "X-HTTP-Method-Override",
          "Forwarded",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Prefix",
          "TE",
          "Trailer",
          "Via",
          "Date",
          "Content-Range",
          "Content-Language",
          "Content-Disposition",
          "Content-Location",
          "Referer",
          "User-Agent",
          "Prefer",
          "Expect",
          "x");

  private static final List<String> HEADER_VALUES =
      List.of(
          "",
          "*",
          "gzip",
          "utf-8",
          "iso-8859-1;q=0",
          "bytes=0-1",
          "bytes=-1,5-",
          "\"x\"",
          "null",
          "100-continue",
          "Basic ====",
          "Bearer \u00e9",
          "a=b; c=\"",
          "http://x/",
          "Thu, 01 Jan 1970 00:00:00 GMT",
          "DELETE",
          "trailers",
          "-1",
          "9".repeat(400),
          "{\"a\":1}",
          "<>",
          "for=\"[::1\"",
          "../..",
          "form-data; name=\"\u00ff\"");

  private static final List<String> ODD_PATHS =
      List.of(
          "/",
          "//",
          "/.",
          "/..",
          "/../..",
          "/%2e%2e",
          "/%2F",
          "/%00",
          "/%zz",
          "%",
          ";a=b",
          ";",
          "/state",
          "/results",
          "/failures",
          "/null",
          "/-1",
          "/%F0%9F%8E%81",
          "/%ED%A0%80",
          "/%C3%A9",
          "/%25",
          "/a b".replace(' ', '+'),
          "#x",
          "\u00e9",
          "{",
          "|",
          "/" + "a".repeat(300),
          "/" + "%41".repeat(3_000),
          "*",
          "/q/health",
          "/q",
          "/q/openapi",
          "/.%0A");

  private static final List<String> DIRECTORIES =
      List.of("", ".", "..", "/", "a/../..", "missing", "a\\u0000b", "\\ud800", "x/".repeat(5_000));

  private static final List<String> QUERY_VALUES =
      List.of(
          "1",
          "",
          "%00",
          "%zz",
          "%F0%9F%8E%81",
          "%ED%A0%80",
          "a,b",
          ",",
          "records",
          "true",
          "TRUE",
          "low",
          "discount",
          "enhance",
          "store",
          "id",
          "content",
          "processed",
          "failed",
          "a.json",
          "fuzz-7",
          "%0A",
          "+",
          "=",
          "a%26b",
          "x".repeat(500),
          "%27%3B--",
          "{",
          "\u00e9");

  private final List<Operation> operations = new ArrayList<>();

  /** Jobs that were taken so far: what the next ones may ask for. */
  private final List<String> jobs;

  /**
   * A method at an address.
   *
   * @param queryNames those that are known there
   */
  private record Operation(String method, String path, List<String> queryNames) {}

  /**
   * A body and what is said of it.
   *
   * @param type of the media
   */
  private record Body(String type, byte[] bytes) {}

  /**
   * @param hasBody whether its answer has a body
   */
  record Request(String line, byte[] bytes, boolean hasBody) {}

  Requests(JsonNode contract, List<String> jobs) {
    this.jobs = jobs;
    contract
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        entry -> {
                          if (METHODS.contains(entry.getKey())) {
                            List<String> names = new ArrayList<>(List.of("file"));
                            entry
                                .getValue()
                                .path("parameters")
                                .forEach(
                                    each -> {
                                      if (each.path("in").asText().equals("query")) {
                                        names.add(each.path("name").asText());
                                      }
                                    });
                            operations.add(
                                new Operation(
                                    entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), names));
                          }
                        }));
  }

  /** The request of a number: always the same one while the same jobs were taken. */
  Request of(long number) {
    Mutations mutations = new Mutations(new SplittableRandom(number));
    // Half of all carry a body: there is most to go wrong.
    Operation operation =
        mutations.chance(50)
            ? mutations.oneOf(
                operations.stream().filter(each -> each.method().startsWith("P")).toList())
            : mutations.oneOf(operations);
    String method = mutations.chance(5) ? mutations.oneOf(OTHER_METHODS) : operation.method();
    String line = method + " " + target(operation, mutations) + " HTTP/1.1";
    List<String> head = new ArrayList<>(List.of(line));
    head.add("Host: " + (mutations.chance(2) ? mutations.oneOf(HEADER_VALUES) : "localhost"));
    head.add("Connection: close");
    byte[] body = new byte[0];
    if (method.startsWith("P") || mutations.chance(5)) {
      Body made = body(operation.path().endsWith("state"), mutations);
      body = coded(made.bytes(), head, mutations);
      String type = mutations.chance(6) ? mutations.oneOf(TYPES) : made.type();
      head.add("Content-Type: " + (mutations.chance(3) ? printable(mutations.ofText(type)) : type));
      if (mutations.chance(20)) {
        head.add(
            "Idempotency-Key: "
                + (mutations.chance(80)
                    ? "k" + mutations.upTo(20)
                    : printable(mutations.ofText("key"))));
      }
    }
    otherHeaders(head, mutations);
    boolean chunked = body.length > 0 && mutations.chance(15);
    head.add(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(chunked ? chunks(body, mutations) : body);
    return new Request(line, all.toByteArray(), !method.equals("HEAD"));
  }

  private String target(Operation operation, Mutations mutations) {
    String path =
        operation
            .path()
            .replace(
                "{id}",
                mutations.chance(85) && !jobs.isEmpty()
                    ? mutations.oneOf(jobs)
                    : "01a2197f-9df4-73ab-aedb-68068d332fc3")
            .replace("{key}", mutations.oneOf(List.of("7", "fuzz-7", "%00", "a/b", "%2F")))
            .replace(
                "{model}",
                mutations.oneOf(List.of("openai/gpt-oss-120b", "openai%2Fgpt-oss-20b", "x")));
    if (mutations.chance(8)) {
      int at = mutations.upTo(path.length() - 1);
      path =
          "/"
              + (path.substring(0, at)
                      + mutations.oneOf(ODD_PATHS)
                      + path.substring(mutations.chance(50) ? at : path.length()))
                  .replaceFirst("^/", "");
    }
    StringBuilder target = new StringBuilder(path);
    String separator = "?";
    for (int i = mutations.chance(15) ? 1 + mutations.upTo(2) : 0; i > 0; i--) {
      String name =
          mutations.chance(80)
              ? mutations.oneOf(operation.queryNames())
              : mutations.oneOf(QUERY_VALUES);
      target.append(separator).append(name);
      if (mutations.chance(95)) {
        target.append('=').append(mutations.oneOf(QUERY_VALUES));
      }
      separator = mutations.chance(95) ? "&" : mutations.oneOf(List.of("&&", ";", "?", "#"));
    }
    return target.toString();
  }

  private static Body body(boolean state, Mutations mutations) {
    int from = mutations.upTo(500);
    String records = "[" + RECORD.formatted(from) + ",\n" + RECORD.formatted(from + 1) + "]";
    boolean wrong = mutations.chance(75);
    boolean inTree = wrong && mutations.chance(50);
    String type = "application/json";
    String text;
    if (state ? mutations.chance(90) : mutations.chance(5)) {
      text = inTree ? mutations.ofJson(STATE) : STATE;
    } else {
      String job = JOB + ",\"records\":" + records + "}";
      String files =
          JOB
              + ",\"files\":[{\"name\":\"a.json\",\"records\":"
              + records
              + "},{\"name\":\"b.json\",\"records\":[]}]}";
      String directory = JOB + ",\"dataDir\":\"%s\"}".formatted(mutations.oneOf(DIRECTORIES));
      switch (mutations.upTo(5)) {
        case 0 -> text = inTree ? mutations.ofJson(records) : records;
        case 1 -> text = inTree ? mutations.ofJson(job) : job;
        case 2 -> text = inTree ? mutations.ofJson(files) : files;
        case 3 -> text = inTree ? mutations.ofJson(directory) : directory;
        case 4 -> {
          type = "application/x-ndjson";
          String line = RECORD.formatted(from);
          text =
              line
                  + "\n\r\n"
                  + (inTree ? mutations.ofJson(line) : line)
                  + (mutations.chance(50) ? "\n" : "");
        }
        default -> {
          type = "multipart/form-data; boundary=b";
          String terms = JOB + "}";
          text =
              part("job", "", inTree && mutations.chance(50) ? mutations.ofJson(terms) : terms)
                  + part("files", "a.json", inTree ? mutations.ofJson(records) : records)
                  + part(
                      "files",
                      mutations.chance(80) ? "b.json" : mutations.oneOf(QUERY_VALUES),
                      records)
                  + "--b--\r\n";
        }
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Body(type, wrong && !inTree ? mutations.ofBytes(bytes) : bytes);
  }

  private static String part(String name, String file, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(name, file.isEmpty() ? "" : "; filename=\"" + file + "\"", content);
  }

  private static byte[] coded(byte[] body, List<String> head, Mutations mutations) {
    if (!mutations.chance(20)) {
      return body;
    }
    boolean honest = mutations.chance(85);
    head.add("Content-Encoding: " + (honest ? "gzip" : mutations.oneOf(CODINGS)));
    byte[] packed = honest || mutations.chance(50) ? packed(body) : body;
    return mutations.chance(25) ? mutations.ofBytes(packed) : packed;
  }

  private static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return packed.toByteArray();
  }

  private static void otherHeaders(List<String> head, Mutations mutations) {
    if (mutations.chance(15)) {
      String accept = mutations.oneOf(ACCEPTS);
      head.add("Accept: " + (mutations.chance(10) ? printable(mutations.ofText(accept)) : accept));
    }
    for (int i = mutations.chance(20) ? 1 + mutations.upTo(3) : 0; i > 0; i--) {
      head.add(mutations.oneOf(OTHER_HEADERS) + ": " + mutations.oneOf(HEADER_VALUES));
    }
  }

  /** Without what would make it no header any more. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x1F\\x7F]", "~");
  }

  private static byte[] chunks(byte[] body, Mutations mutations) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + mutations.upTo(Math.max(40, body.length / 4)));
      chunks.writeBytes(
          (Integer.toHexString(size) + (mutations.chance(5) ? ";a=\"b\"" : "") + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      chunks.write(body, at, size);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      at += size;
    }
    chunks.writeBytes(
        ("0\r\n" + (mutations.chance(5) ? "X-Trailer: 1\r\n" : "") + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }
}
