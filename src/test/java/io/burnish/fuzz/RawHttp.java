package io.burnish.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends bytes as they stand, a connection a request, and reads the answer to its end. */
final class RawHttp {

  private static final String EVENTS = "text/event-stream";

  private static final int MILLIS = 20_000;

  private final String host;
  private final int port;

  RawHttp(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * What came back.
   *
   * @param status of the last head; what only announces it (1xx) is left out
   * @param head in lower case, each line with its CRLF
   * @param body without the marks of its chunks
   */
  record Answer(int status, String head, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The value of a header in lower case; empty when there is none. */
    String header(String name) {
      int start = head.indexOf("\r\n" + name + ":");
      return start < 0
          ? ""
          : head.substring(start + name.length() + 3, head.indexOf("\r\n", start + 2)).strip();
    }
  }

  /**
   * Sends a request that asks for the connection to be closed.
   *
   * @param hasBody whether an answer to it has a body: not one to HEAD
   * @throws IOException without a whole answer within 20 s
   */
  Answer send(byte[] request, boolean hasBody) throws IOException {
    long start = System.nanoTime();
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(MILLIS);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(socket, request));
      byte[] read = read(socket.getInputStream(), start);
      // An answer may come before all is sent: the rest is of no use then.
      sent.cancel(false);
      return parsed(read, hasBody);
    }
  }

  private static void write(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException e) {
      // The answer says why.
    }
  }

  private static byte[] read(InputStream in, long start) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      all.write(buffer, 0, read);
      if (isStream(all)) {
        return all.toByteArray();
      }
      if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) > MILLIS) {
        throw new IOException("the answer took longer than 20 s");
      }
    }
    return all.toByteArray();
  }

  /** Whether the head says that events follow: such an answer may have no end. */
  private static boolean isStream(ByteArrayOutputStream all) {
    String text = all.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end > 0
        && text.substring(0, end).toLowerCase(Locale.ROOT).contains("content-type: " + EVENTS);
  }

  private static Answer parsed(byte[] read, boolean hasBody) throws IOException {
    String all = new String(read, StandardCharsets.ISO_8859_1);
    int start = 0;
    while (all.startsWith("HTTP/1.1 1", start)) {
      start = all.indexOf("\r\n\r\n", start) + 4;
    }
    int end = all.indexOf("\r\n\r\n", start);
    if (end < 0) {
      throw new IOException("no answer, but: " + all);
    }
    String head = all.substring(start, end + 2).toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head.split(" ")[1].strip());
    byte[] body = Arrays.copyOfRange(read, end + 4, read.length);
    Answer answer = new Answer(status, head, body);
    if (!hasBody || answer.header("content-type").startsWith(EVENTS)) {
      return answer;
    }
    if (answer.header("transfer-encoding").equals("chunked")) {
      return new Answer(status, head, whole(body));
    }
    String length = answer.header("content-length");
    if (!length.isEmpty() && Integer.parseInt(length) != body.length) {
      throw new IOException("%s bytes are announced, %d came".formatted(length, body.length));
    }
    return answer;
  }

  private static byte[] whole(byte[] chunked) throws IOException {
    String all = new String(chunked, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = all.indexOf("\r\n", at);
      if (line < 0) {
        throw new IOException("the answer is cut");
      }
      int size = Integer.parseInt(all.substring(at, line), 16);
      if (size == 0) {
        return whole.toByteArray();
      }
      if (line + 2 + size > chunked.length) {
        throw new IOException("the answer is cut");
      }
      whole.write(chunked, line + 2, size);
      at = line + 2 + size + 2;
    }
  }
}
