package io.burnish.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A pipeline polls over one connection: an answer must not be the end of it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class KeepAliveTest {

  /** Longer than a connection lingers whose body was not read to its end. */
  private static final int LONGER_THAN_LINGERING_MILLIS = 6_000;

  @TestHTTPResource("/jobs/nothing")
  URL url;

  @Test
  void a_connection_stays_open_after_a_response() throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      get(socket);

      socket.setSoTimeout(LONGER_THAN_LINGERING_MILLIS);
      InputStream in = socket.getInputStream();

      assertThatThrownBy(in::read)
          .as("neither closed nor written to")
          .isInstanceOf(SocketTimeoutException.class);
      get(socket);
    }
  }

  private static void get(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /jobs/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    String head = head(socket.getInputStream());
    assertThat(head).startsWith("HTTP/1.1 404");
    int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
    assertThat(socket.getInputStream().readNBytes(length)).hasSize(length);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      assertThat(next).as("the connection was closed after: " + head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }
}
