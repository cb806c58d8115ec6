package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.fixtures.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replicas that are killed before or while they call back. */
@Tag("crash")
class CallbackIT {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "BURNISH_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "BURNISH_CALLBACK_ALLOW", "127.0.0.1");

  @RegisterExtension static final Environment STAGE = new Environment();

  private static String post(Replica replica, Batch batch, int port) {
    Http.Answer answer =
        Http.send(
            "POST",
            replica.url() + "/jobs",
            "{\"options\":{\"callbackUrl\":\"http://127.0.0.1:%d/done\"},\"records\":%s}"
                .formatted(port, batch.body()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private static HttpServer receiver(int port, List<String> ids, CountDownLatch answers)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> receive(exchange, ids, answers));
    server.start();
    return server;
  }

  private static void receive(HttpExchange exchange, List<String> ids, CountDownLatch answers)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
      answers.await(1, TimeUnit.MINUTES);
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String webhookId(String job) {
    return STAGE
        .database()
        .texts(
            Environment.DATABASE,
            "SELECT id::text FROM job_callback WHERE job_id = ?",
            UUID.fromString(job))
        .get(0);
  }

  private static void untilDelivered(Replica replica, String job) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> replica.job(job).at("/callbacks/deliveries/0/deliveredAt").isTextual());
  }

  @Test
  void what_was_not_delivered_before_the_kill_is_delivered_by_another_replica() throws Exception {
    int port = FreePort.find();
    Replica victim = STAGE.start("a", SETTINGS);
    String job = post(victim, Batch.of(3), port);
    victim.untilEnded(job);
    String id = webhookId(job);
    victim.kill();
    List<String> ids = new CopyOnWriteArrayList<>();
    HttpServer server = receiver(port, ids, new CountDownLatch(0));
    try {
      untilDelivered(STAGE.start("b", SETTINGS), job);
    } finally {
      server.stop(0);
    }

    assertThat(ids).containsExactly(id);
  }

  /** Keeps each try from its callbacks, and not the end of a job from adding them. */
  private static final String BARRIER =
      """
      CREATE FUNCTION barrier() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
      CREATE TRIGGER barrier BEFORE UPDATE ON job_callback FOR EACH STATEMENT EXECUTE FUNCTION barrier()
      """;

  private static final String NO_BARRIER =
      "DROP TRIGGER barrier ON job_callback; DROP FUNCTION barrier()";

  private static long tries(String job) {
    return STAGE
        .database()
        .number(
            Environment.DATABASE,
            "SELECT sum(tries) FROM job_callback WHERE job_id = ?",
            UUID.fromString(job));
  }

  @Test
  void a_kill_between_the_end_of_the_job_and_the_first_try_loses_no_callback() throws Exception {
    int port = FreePort.find();
    List<String> ids = new CopyOnWriteArrayList<>();
    HttpServer server = receiver(port, ids, new CountDownLatch(0));
    try {
      Replica victim = STAGE.start("a", SETTINGS);
      STAGE.database().run(Environment.DATABASE, BARRIER);
      String job;
      try (Database.Hold hold =
          STAGE.database().hold(Environment.DATABASE, "SELECT pg_advisory_lock(4711)")) {
        hold.untilBlocked(1);
        job = post(victim, Batch.of(3), port);
        victim.untilEnded(job);
        victim.kill();
        STAGE.database().endBlocked(hold);
      }
      STAGE.database().run(Environment.DATABASE, NO_BARRIER);
      String id = webhookId(job);
      long before = tries(job);
      List<String> received = List.copyOf(ids);
      untilDelivered(STAGE.start("b", SETTINGS), job);

      assertThat(before).isZero();
      assertThat(received).isEmpty();
      assertThat(ids).containsExactly(id);
      assertThat(tries(job)).isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void a_delivery_that_is_cut_off_by_a_kill_is_repeated_under_the_same_id() throws Exception {
    int port = FreePort.find();
    List<String> ids = new CopyOnWriteArrayList<>();
    CountDownLatch answers = new CountDownLatch(1);
    HttpServer server = receiver(port, ids, answers);
    try {
      Replica victim = STAGE.start("a", SETTINGS);
      String job = post(victim, Batch.of(3), port);
      await().atMost(Duration.ofMinutes(1)).until(() -> !ids.isEmpty());
      victim.kill();
      answers.countDown();
      untilDelivered(STAGE.start("b", SETTINGS), job);

      assertThat(ids).hasSizeGreaterThan(1).containsOnly(webhookId(job));
    } finally {
      server.stop(0);
    }
  }
}
