package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys over two replicas, as they are by default: {@code BURNISH_AUTH=keys}. */
class AccessIT {

  private static final String ADMIN = "the-admin-key-of-the-crash-suite-0123456789";

  /** How late a replica may refuse a key that another one revoked. */
  private static final Duration EFFECTIVE = Duration.ofSeconds(2);

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  @Tag("crash")
  void a_key_is_created_used_rotated_limited_and_revoked_on_any_replica(@TempDir Path secrets)
      throws Exception {
    Path file = Files.writeString(secrets.resolve("admin-key"), ADMIN + "\n");
    Map<String, String> settings =
        Map.of("BURNISH_AUTH", "keys", "BURNISH_ADMIN_KEY_FILE", file.toString());
    Replica one = STAGE.start("a", settings);
    Replica other = STAGE.start("b", settings);

    assertThat(Http.get(one.url() + "/jobs").status()).isEqualTo(401);
    assertThat(Http.get(one.url() + "/q/health").status()).isEqualTo(200);
    JsonNode created =
        key(
            one,
            "{\"name\":\"n\",\"role\":\"submit\",\"owner\":\"shop\",\"limits\":{\"openJobs\":4}}");
    String id = created.at("/key/id").asText();
    String secret = created.path("secret").asText();
    assertThat(status(secret, other)).isEqualTo(200);

    assertThat(postedAtOnce(secret, one, other)).isEqualTo(4);

    JsonNode rotated = Http.send(ADMIN, "POST", other.url() + "/keys/" + id + "/rotate", "").json();
    String renewed = rotated.path("secret").asText();
    assertThat(List.of(status(secret, one), status(renewed, one))).containsExactly(200, 200);

    String expiring =
        key(
                one,
                "{\"name\":\"e\",\"role\":\"read\",\"owner\":\"shop\",\"expiresAt\":\"%s\"}"
                    .formatted(Instant.now().plusSeconds(3)))
            .path("secret")
            .asText();
    assertThat(status(expiring, other)).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(3).plus(EFFECTIVE))
        .until(() -> status(expiring, other) == 401);

    assertThat(status(renewed, other)).isEqualTo(200);
    Http.Answer revoked = Http.send(ADMIN, "DELETE", one.url() + "/keys/" + id + "?jobs=pause", "");
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(status(renewed, one)).isEqualTo(401);
    await().atMost(EFFECTIVE).until(() -> status(renewed, other) == 401);
    assertThat(one.program().output() + other.program().output()).doesNotContain(secret, ADMIN);
  }

  /** How many of some jobs were accepted, of which none ends meanwhile. */
  private static long postedAtOnce(String secret, Replica one, Replica other) {
    STAGE.provider().answersTake(Duration.ofSeconds(20));
    List<CompletableFuture<Integer>> posts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Replica replica = i % 2 == 0 ? one : other;
      String body = Batch.of(1).body();
      posts.add(CompletableFuture.supplyAsync(() -> post(secret, replica, body)));
    }
    long accepted = posts.stream().map(CompletableFuture::join).filter(s -> s == 202).count();
    // One that met another being stored was answered 429 too, and may try again.
    for (int i = 0; i < 10; i++) {
      accepted += post(secret, i % 2 == 0 ? one : other, Batch.of(1).body()) == 202 ? 1 : 0;
    }
    return accepted;
  }

  private static int post(String secret, Replica replica, String body) {
    return Http.send(secret, "POST", replica.url() + "/jobs", body).status();
  }

  private static JsonNode key(Replica replica, String body) {
    Http.Answer answer = Http.send(ADMIN, "POST", replica.url() + "/keys", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static int status(String secret, Replica replica) {
    return Http.send(secret, "GET", replica.url() + "/jobs", "").status();
  }
}
