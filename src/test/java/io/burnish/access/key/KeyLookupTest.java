package io.burnish.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.KeyLimits;
import io.burnish.access.caller.Role;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.ApiWithoutWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas, each with a cache of its own, on one database. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class KeyLookupTest {

  @Inject Sql sql;

  private KeyLookup lookup;
  private Keys keys;
  private KeyLookup otherReplica;

  @BeforeEach
  void replicas() {
    lookup = new KeyLookup(sql);
    keys = new Keys(sql, lookup);
    otherReplica = new KeyLookup(sql);
  }

  @Test
  void a_key_is_valid_on_each_replica_as_soon_as_it_is_created() {
    byte[] hash = KeySecret.hash(create().secret());

    assertThat(otherReplica.find(hash).map(Caller::owner)).contains("shop");
    assertThat(otherReplica.cached(hash)).isPresent();
  }

  @Test
  void a_revoked_key_is_refused_here_at_once_and_by_other_replicas_within_two_seconds() {
    AccessKey.WithSecret key = create();
    byte[] hash = KeySecret.hash(key.secret());
    lookup.find(hash);
    otherReplica.find(hash);

    keys.revoke(key.key().id());

    assertThat(of(lookup, hash)).isEmpty();
    await().atMost(Duration.ofSeconds(2)).until(() -> of(otherReplica, hash).isEmpty());
  }

  @Test
  void an_unknown_secret_has_no_caller_and_is_not_cached() {
    byte[] hash = KeySecret.hash(KeySecret.create());

    assertThat(lookup.find(hash)).isEmpty();
    assertThat(lookup.cached(hash)).isEmpty();
  }

  @Test
  void secrets_are_random_and_compared_whole() {
    String secret = KeySecret.create();

    assertThat(KeySecret.isWellFormed(secret)).isTrue();
    assertThat(KeySecret.create()).isNotEqualTo(secret);
    assertThat(KeySecret.areEqual(secret, secret)).isTrue();
    assertThat(KeySecret.areEqual(secret, secret + "x")).isFalse();
    assertThat(KeySecret.areEqual(secret, "")).isFalse();
  }

  /** As a request finds it. */
  private static Optional<Caller> of(KeyLookup replica, byte[] hash) {
    return replica.cached(hash).or(() -> replica.find(hash));
  }

  private AccessKey.WithSecret create() {
    return keys.create(
        new NewKey("nightly", Role.SUBMIT, "shop", KeyLimits.NONE, List.of(), null), "test");
  }
}
