import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 over a bare socket, a connection for each request, so that anything can be sent. Bodies
 * are written beside the reading: a server may answer before it has read all.
 *
 * @param port of the service, on this machine
 */
record Wire(int port) {

  /** Long enough for any request that is not heavy, on a busy machine. */
  static final Duration USUAL = Duration.ofSeconds(15);

  private static final int KEPT = 64 * 1024 * 1024;
  private static final int LONGEST_HEAD = 1024 * 1024;

  Answer send(Request request) {
    return send(request, USUAL);
  }

  Answer get(String target) {
    return send(Request.get(target));
  }

  Answer send(Request request, Duration within) {
    long start = System.nanoTime();
    try (Socket socket = connect()) {
      Thread writer = new Thread(() -> write(socket, request), "writer");
      writer.setDaemon(true);
      writer.start();
      Input in = new Input(socket, start + within.toNanos());
      return read(in, request.method().equals("HEAD"), start);
    } catch (SocketTimeoutException e) {
      return nothing(Answer.SILENT, start);
    } catch (IOException e) {
      return nothing(Answer.CLOSED, start);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
    return socket;
  }

  private static Answer nothing(int why, long start) {
    return new Answer(why, Map.of(), new byte[0], millisSince(start));
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** What stands before the body. */
  static byte[] head(Request request) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    if (missing(request, "host")) {
      head.append("Host: localhost\r\n");
    }
    if (missing(request, "connection")) {
      head.append("Connection: close\r\n");
    }
    request.headers().forEach(line -> head.append(line).append("\r\n"));
    if (request.body() != null && missing(request, "content-length")) {
      head.append(
          request.body().length() < 0
              ? "Transfer-Encoding: chunked\r\n"
              : "Content-Length: " + request.body().length() + "\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean missing(Request request, String name) {
    return request.headers().stream()
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"));
  }

  private static void write(Socket socket, Request request) {
    try {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
      if (request.raw() != null) {
        out.write(request.raw());
      } else {
        out.write(head(request));
        if (request.body() != null) {
          request.body().write(out);
        }
      }
      out.flush();
    } catch (IOException e) {
      // The server has answered and closed, or the reader has given up: the answer tells.
    }
  }

  private static Answer read(Input in, boolean bodiless, long start) throws IOException {
    String head = in.head();
    while (head.startsWith("HTTP/1.1 100")) {
      head = in.head();
    }
    String[] lines = head.split("\r\n");
    if (lines[0].length() < 12 || !lines[0].startsWith("HTTP/1.")) {
      return nothing(Answer.CLOSED, start);
    }
    int status = Integer.parseInt(lines[0].substring(9, 12));
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(lines[i].substring(colon + 1).strip());
      }
    }
    byte[] body =
        bodiless || status == 101 || status == 204 || status == 304
            ? new byte[0]
            : in.body(headers);
    return new Answer(status, headers, body, millisSince(start));
  }

  /** The answer's bytes, until a point in time. */
  private static final class Input {

    private final Socket socket;
    private final InputStream in;
    private final long deadline;

    Input(Socket socket, long deadline) throws IOException {
      this.socket = socket;
      this.in = new java.io.BufferedInputStream(socket.getInputStream(), 64 * 1024);
      this.deadline = deadline;
    }

    private int read(byte[] buffer, int length) throws IOException {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("too late");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
      return in.read(buffer, 0, length);
    }

    /** To the empty line, or to the end. */
    String head() throws IOException {
      String head = until("\r\n\r\n");
      if (head.isEmpty()) {
        throw new IOException("closed without a word");
      }
      return head;
    }

    private String until(String end) throws IOException {
      StringBuilder text = new StringBuilder();
      byte[] one = new byte[1];
      while (text.length() < LONGEST_HEAD
          && !(text.length() >= end.length()
              && text.substring(text.length() - end.length()).equals(end))) {
        if (read(one, 1) < 0) {
          break;
        }
        text.append((char) (one[0] & 0xff));
      }
      return text.toString();
    }

    byte[] body(Map<String, List<String>> headers) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
        while (true) {
          String size = until("\r\n").strip();
          if (size.isEmpty()) {
            throw new IOException("cut within chunks");
          }
          long length = Long.parseLong(size.split(";")[0], 16);
          copy(length, body);
          until("\r\n");
          if (length == 0) {
            return body.toByteArray();
          }
        }
      }
      List<String> length = headers.get("content-length");
      copy(length == null ? Long.MAX_VALUE : Long.parseLong(length.get(0)), body);
      return body.toByteArray();
    }

    private void copy(long length, ByteArrayOutputStream body) throws IOException {
      byte[] buffer = new byte[64 * 1024];
      for (long left = length; left > 0; ) {
        int read = read(buffer, (int) Math.min(left, buffer.length));
        if (read < 0) {
          return;
        }
        body.write(buffer, 0, Math.min(read, Math.max(0, KEPT - body.size())));
        left -= read;
      }
    }
  }
}
