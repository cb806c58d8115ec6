package io.burnish.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.HttpAnswer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A pipeline polls over one connection: an answer must not be the end of it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class KeepAliveTest {

  private static final String GET = "GET /jobs/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /** The rest of the body never comes. */
  private static final String TOO_LARGE =
      "PUT /tracking/state HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000000\r\n\r\n";

  @TestHTTPResource("/")
  URL url;

  @Test
  void a_connection_stays_open_when_one_with_an_unread_body_is_closed() throws IOException {
    try (Socket polling = new Socket(url.getHost(), url.getPort());
        Socket refused = new Socket(url.getHost(), url.getPort())) {
      assertThat(send(polling, GET).status()).isEqualTo(404);
      assertThat(send(refused, TOO_LARGE).status()).isEqualTo(413);

      // The service closes it some seconds later. It would have closed the other one before.
      assertThat(refused.getInputStream().read()).isEqualTo(-1);

      assertThat(send(polling, GET).status()).isEqualTo(404);
    }
  }

  private static HttpAnswer send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return HttpAnswer.read(socket.getInputStream());
  }
}
