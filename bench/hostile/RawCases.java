import java.util.ArrayList;
import java.util.List;

/**
 * What is no HTTP, or nearly none. Where the transport refuses it before there is a request, an
 * empty 400 or a closed connection is all there is, and the case's name says so.
 */
final class RawCases {

  private static final String LIST = "[{\"discount_id\":\"raw\",\"title\":\"5% off\"}]";
  private static final String TAIL = "Content-Type: application/json\r\nConnection: close\r\n";

  private RawCases() {}

  static List<Case> cases(Known known) {
    List<Case> cases = new ArrayList<>();
    String[][] transport = {
      {
        "an unknown version", "GET /models HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      },
      {"no version", "GET /models\r\n\r\n"},
      {"words", "hello there, who are you\r\n\r\n"},
      {"binary", "\u0000\u0001\u0002\u0003\u00ff\r\n\r\n"},
      {"SSH", "SSH-2.0-OpenSSH_9.6\r\n\r\n"},
      {"SMTP", "EHLO mail\r\n\r\n"},
      {
        "a proxy's PROXY line",
        "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\nGET /models HTTP/1.1\r\nHost: localhost\r\n\r\n"
      },
      {
        "a header without a colon",
        "GET /models HTTP/1.1\r\nHost: localhost\r\nrubbish\r\nConnection: close\r\n\r\n"
      },
      {
        "a header without a name",
        "GET /models HTTP/1.1\r\nHost: localhost\r\n: rubbish\r\nConnection: close\r\n\r\n"
      },
      {"a blank before the colon", "GET /models HTTP/1.1\r\nHost : x\r\nConnection: close\r\n\r\n"},
      {
        "a NUL in a header",
        "GET /models HTTP/1.1\r\nHost: localhost\r\nX-A: a\u0000b\r\nConnection: close\r\n\r\n"
      },
      {
        "a bare CR in a header",
        "GET /models HTTP/1.1\r\nHost: localhost\r\nX-A: a\rb\r\nConnection: close\r\n\r\n"
      },
      {
        "a folded header",
        "GET /models HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n b\r\nConnection: close\r\n\r\n"
      },
      {"bare line feeds", "GET /models HTTP/1.1\nHost: localhost\nConnection: close\n\n"},
      {
        "two blanks in the line",
        "GET  /models  HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      },
      {
        "a blank in the address",
        "GET /mod els HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      },
      {
        "a raw byte in the address",
        "GET /mod\u00ffels HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      },
      {"no host", "GET /models HTTP/1.1\r\nConnection: close\r\n\r\n"},
      {"an empty host", "GET /models HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"},
      {"two hosts", "GET /models HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"},
      {"a host with a blank", "GET /models HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"},
      {
        "a host with a path",
        "POST /jobs HTTP/1.1\r\nHost: a/b\r\n" + TAIL + "Content-Length: 2\r\n\r\n[]"
      },
      {
        "a host with a mark",
        "POST /jobs HTTP/1.1\r\nHost: <script>\r\n" + TAIL + "Content-Length: 2\r\n\r\n[]"
      },
      {
        "a port that is none",
        "POST /jobs HTTP/1.1\r\nHost: a:zzz\r\n" + TAIL + "Content-Length: 2\r\n\r\n[]"
      },
      {"a negative length", post("Content-Length: -1\r\n", LIST)},
      {"a length that is no number", post("Content-Length: abc\r\n", LIST)},
      {"a length with a plus", post("Content-Length: +40\r\n", LIST)},
      {"two lengths", post("Content-Length: 40\r\nContent-Length: 41\r\n", LIST)},
      {
        "a length and chunks",
        post("Content-Length: 40\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")
      },
      {
        "a chunk size that is none", post("Transfer-Encoding: chunked\r\n", "zz\r\n[]\r\n0\r\n\r\n")
      },
      {"a negative chunk size", post("Transfer-Encoding: chunked\r\n", "-2\r\n[]\r\n0\r\n\r\n")},
      {
        "a huge chunk size",
        post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n[]\r\n0\r\n\r\n")
      },
      {
        "a chunk that is longer than said",
        post("Transfer-Encoding: chunked\r\n", "1\r\n[]]\r\n0\r\n\r\n")
      },
      {"an unknown transfer coding", post("Transfer-Encoding: gzip\r\n", LIST)},
      {"chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")},
      {
        "identity as transfer coding",
        post("Transfer-Encoding: identity\r\nContent-Length: 40\r\n", LIST)
      },
      {"a length beyond all", post("Content-Length: 99999999999999999999\r\n", LIST)},
      {
        "10,000 headers",
        "GET /models HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(10_000) + "\r\n"
      },
      {
        "a header of 1 MB",
        "GET /models HTTP/1.1\r\nHost: localhost\r\nA: " + "b".repeat(1_000_000) + "\r\n\r\n"
      },
    };
    for (String[] one : transport) {
      cases.add(
          new Case(
                  one[0] + " (a wordless refusal is all the transport may give)",
                  Request.raw(one[1]),
                  0,
                  200,
                  400,
                  404,
                  405,
                  413,
                  414,
                  431,
                  501,
                  505)
              .transport());
    }
    // The service waits for the end of a line that never comes, as for any slow client.
    cases.add(
        new Case(
                "TLS, which is no line yet",
                Request.raw("\u0016\u0003\u0001\u0001\u00fc" + "x".repeat(200)),
                0,
                400,
                Answer.SILENT)
            .transport()
            .within(java.time.Duration.ofSeconds(2)));
    // The answer is frames of HTTP/2, which are not read here.
    cases.add(
        new Case(
                "HTTP/2 by prior knowledge",
                Request.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                0,
                400,
                Answer.SILENT)
            .transport()
            .within(java.time.Duration.ofSeconds(2)));
    cases.add(new Case("HTTP/1.0", Request.raw("GET /models HTTP/1.0\r\n\r\n"), 200));
    cases.add(
        new Case(
                "HTTP/1.0 posts",
                Request.raw(
                    "POST /jobs HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"),
                202)
            .total(0));
    cases.add(
        new Case(
            "HTTP/1.0 posts without a host",
            Request.raw(
                "POST /jobs HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"),
            202,
            400));
    cases.add(
        new Case(
            "empty lines before",
            Request.raw(
                "\r\n\r\nGET /models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            200));
    cases.add(
        new Case(
                "chunks", Request.raw(post("Transfer-Encoding: chunked\r\n", chunks(LIST, 1))), 202)
            .total(1));
    cases.add(
        new Case(
                "chunks with extensions and trailers",
                Request.raw(
                    post(
                        "Transfer-Encoding: chunked\r\n",
                        "2;a=b\r\n[]\r\n0\r\nX-Trailer: y\r\n\r\n")),
                202)
            .total(0));
    cases.add(
        new Case(
                "chunked in capitals",
                Request.raw(post("Transfer-Encoding: CHUNKED\r\n", "2\r\n[]\r\n0\r\n\r\n")),
                202)
            .total(0));
    cases.add(new Case("a body for a GET", Request.get("/models").body("[1,2]"), 200, 400));
    cases.add(
        new Case(
            "a body for a DELETE",
            Request.of("DELETE", "/tracking?key=zzz").body("[1,2]"),
            200,
            400));
    cases.add(
        new Case(
            "two requests at once",
            Request.raw(
                "GET /models HTTP/1.1\r\nHost: localhost\r\n\r\nGET /tracking HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            200));
    cases.add(
        new Case(
            "no body, none announced",
            Request.raw("POST /jobs HTTP/1.1\r\nHost: localhost\r\n" + TAIL + "\r\n"),
            400,
            422));
    cases.add(
        new Case(
            "5 GB announced",
            Request.raw(
                "POST /jobs HTTP/1.1\r\nHost: localhost\r\n"
                    + TAIL
                    + "Content-Length: 5368709120\r\n\r\n["),
            413));
    cases.add(
        new Case(
                "33 MB of a state file announced",
                Request.raw(
                    "PUT /tracking/state HTTP/1.1\r\nHost: localhost\r\n"
                        + TAIL
                        + "Content-Length: 34603008\r\n\r\n{"),
                413)
            .silentAbout("several jobs"));
    cases.add(
        new Case(
            "5 GB announced, with Expect",
            Request.raw(
                "POST /jobs HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                    + TAIL
                    + "Content-Length: 5368709120\r\n\r\n"),
            413,
            417));
    return cases;
  }

  private static String post(String headers, String body) {
    return "POST /jobs HTTP/1.1\r\nHost: localhost\r\n" + TAIL + headers + "\r\n" + body;
  }

  private static String chunks(String text, int size) {
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < text.length(); i += size) {
      String piece = text.substring(i, Math.min(text.length(), i + size));
      chunks
          .append(Integer.toHexString(piece.length()))
          .append("\r\n")
          .append(piece)
          .append("\r\n");
    }
    return chunks.append("0\r\n\r\n").toString();
  }
}
