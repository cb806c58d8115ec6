package io.burnish.observability.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.NarrowApi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health while no thread of HTTP requests is free, or no connection to the database. */
@QuarkusTest
@TestProfile(NarrowApi.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class StarvedHealthTest {

  @TestHTTPResource URI address;
  @Inject ManagedExecutor threads;
  @Inject AgroalDataSource dataSource;

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Connection> connections = new ArrayList<>();

  @AfterEach
  void all_are_free_again() throws SQLException {
    over.countDown();
    for (Connection connection : connections) {
      connection.close();
    }
  }

  @Test
  void live_and_ready_are_answered_without_a_worker_thread() throws Exception {
    takeThreads();
    Assertions.assertThatThrownBy(() -> get("/jobs/none", Duration.ofSeconds(1)))
        .as("a request that needs a thread")
        .isInstanceOf(HttpTimeoutException.class);

    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void live_is_answered_without_a_thread_and_without_a_connection() throws Exception {
    takeThreads();
    for (int i = 0; i < NarrowApi.CONNECTIONS; i++) {
      connections.add(dataSource.getConnection());
    }

    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/q/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("no answer within PT2S");
  }

  private void takeThreads() {
    for (int i = 0; i < 10 * NarrowApi.THREADS; i++) {
      threads.execute(this::waitUntilOver);
    }
  }

  private void waitUntilOver() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(path, Duration.ofSeconds(20));
  }

  private HttpResponse<String> get(String path, Duration atMost) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address.resolve(path)).timeout(atMost).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
