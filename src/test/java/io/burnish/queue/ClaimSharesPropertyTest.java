package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.queue.claim.Claim;
import io.burnish.queue.claim.ReadyItems;
import io.burnish.queue.completion.Insertion;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.NewItem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;
import org.flywaydb.core.Flyway;

/**
 * How a claim is divided among jobs, on a real database. Jobs are made old by what is written in
 * their rows; what is random is looked at often enough.
 */
class ClaimSharesPropertyTest {

  private static final EmbeddedPostgresqlResource SERVER = new EmbeddedPostgresqlResource();
  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");
  private static final Duration AGING = Duration.ofMinutes(10);

  /** No more than one claim takes, so that no job runs out. */
  private static final int MANY = 120;

  private static Connection connection;

  @BeforeContainer
  static void start_the_database() throws SQLException {
    String url = SERVER.start().get("quarkus.datasource.jdbc.url");
    Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
    connection = DriverManager.getConnection(url, "postgres", "postgres");
  }

  @AfterContainer
  static void stop_the_database() throws SQLException {
    connection.close();
    SERVER.stop();
  }

  @BeforeTry
  @AfterProperty
  void nothing_is_there() throws SQLException {
    run("TRUNCATE job CASCADE");
  }

  /** A job to be. */
  record Posted(String priority, int minutesAgo) {

    int step() {
      return List.of("low", "normal", "high").indexOf(priority);
    }

    /** As the documents have it. */
    int weight(int highestStep) {
      return List.of(1, 3, 9).get(Math.min(highestStep, step() + minutesAgo / 10));
    }
  }

  @Provide
  Arbitrary<List<Posted>> jobs() {
    Arbitrary<Posted> job =
        Combinators.combine(
                Arbitraries.of("low", "normal", "high"), Arbitraries.of(0, 5, 15, 25, 100_000))
            .as(Posted::new);
    return job.list().ofMinSize(1).ofMaxSize(12);
  }

  @Property(tries = 60)
  void one_of_each_job_and_the_rest_by_weight_and_all_of_it_claimed(
      @ForAll("jobs") List<Posted> posted, @ForAll @IntRange(min = 1, max = MANY) int limit)
      throws SQLException {
    Map<UUID, Integer> weights = new HashMap<>();
    int highest = posted.stream().mapToInt(Posted::step).max().orElseThrow();
    for (Posted job : posted) {
      weights.put(post(job.priority(), job.minutesAgo(), MANY), job.weight(highest));
    }

    Map<UUID, Integer> shares = claimed(limit);

    assertThat(shares.values().stream().mapToInt(share -> share).sum()).isEqualTo(limit);
    int rest = Math.max(0, limit - posted.size());
    int all = weights.values().stream().mapToInt(weight -> weight).sum();
    assertThat(shares).hasSize(Math.min(limit, posted.size()));
    shares.forEach(
        (job, share) ->
            assertThat((double) share)
                .isCloseTo(1 + (double) rest * weights.get(job) / all, within(1.0)));
  }

  @Example
  void a_higher_priority_gets_more_and_a_lower_one_never_nothing() throws SQLException {
    UUID low = post("low", 0, MANY);
    UUID normal = post("normal", 0, MANY);
    UUID high = post("high", 0, MANY);

    Map<UUID, Integer> shares = claimed(3 + 13 * 5);

    assertThat(shares).isEqualTo(Map.of(low, 6, normal, 16, high, 46));
  }

  @Example
  void equal_priorities_have_equal_shares_whatever_their_age() throws SQLException {
    UUID one = post("normal", 0, MANY);
    UUID other = post("normal", 100_000, MANY);

    assertThat(claimed(40)).isEqualTo(Map.of(one, 20, other, 20));
  }

  @Example
  void a_low_job_that_waited_is_raised_step_by_step_until_it_equals_a_high_one()
      throws SQLException {
    UUID high = post("high", 0, MANY);
    UUID low = post("low", 9, MANY);
    assertThat(givenBack(22)).isEqualTo(Map.of(high, 19, low, 3));

    run("UPDATE job SET created_at = created_at - interval '10 minutes' WHERE priority = 'low'");
    assertThat(givenBack(22)).isEqualTo(Map.of(high, 16, low, 6));

    run("UPDATE job SET created_at = created_at - interval '10 minutes' WHERE priority = 'low'");
    assertThat(givenBack(22)).isEqualTo(Map.of(high, 11, low, 11));
  }

  @Example
  void a_job_from_the_future_of_a_clock_that_was_set_back_counts_as_new() throws SQLException {
    UUID high = post("high", -500, MANY);
    UUID normal = post("normal", 0, MANY);

    assertThat(claimed(42)).isEqualTo(Map.of(high, 31, normal, 11));
  }

  @Example
  void what_a_job_of_high_priority_does_not_need_goes_to_the_others() throws SQLException {
    UUID high = post("high", 0, 4);
    UUID low = post("low", 0, MANY);

    assertThat(claimed(40)).isEqualTo(Map.of(high, 4, low, 36));
  }

  @Example
  void one_item_goes_to_the_high_job_more_often_and_to_the_low_one_too() throws SQLException {
    UUID high = post("high", 0, MANY);
    UUID low = post("low", 0, MANY);

    Map<UUID, Integer> turns = turns(400, 1);

    // Of 400 turns 40 are the low job's, on average: none in one of 10^18 runs, half in one of
    // 10^80.
    assertThat(turns.get(low)).isBetween(1, 200);
    assertThat(turns.get(high)).isGreaterThan(200);
  }

  @Example
  void of_more_jobs_than_a_claim_looks_at_the_high_ones_come_more_often_and_the_low_one_comes()
      throws SQLException {
    Set<UUID> high = new HashSet<>();
    for (int i = 0; i < 71; i++) {
      high.add(post("high", 0, 2));
    }
    UUID low = post("low", 0, 2);

    Map<UUID, Integer> turns = turns(200, 50);

    // It is among the 50 of 72 in an eighth of the claims: in none of 200 once in 10^11 runs.
    assertThat(turns.getOrDefault(low, 0)).isBetween(1, 120);
    assertThat(high.stream().mapToInt(turns::get).average().orElseThrow()).isGreaterThan(120);
  }

  @Property(tries = 40)
  void owners_share_a_claim_equally_however_many_jobs_each_has(
      @ForAll List<@IntRange(min = 1, max = 20) Integer> jobsOfOwners,
      @ForAll @IntRange(min = 1, max = MANY) int limit)
      throws SQLException {
    List<Integer> owners = jobsOfOwners.stream().limit(6).toList();
    Map<UUID, String> ownerOf = new HashMap<>();
    for (int owner = 0; owner < owners.size(); owner++) {
      for (int job = 0; job < Math.min(owners.get(owner), 8); job++) {
        String priority = List.of("low", "normal", "high").get((owner + job) % 3);
        ownerOf.put(post("owner " + owner, priority, 0, MANY), "owner " + owner);
      }
    }

    Map<String, Integer> shares = new HashMap<>();
    claimed(limit).forEach((job, share) -> shares.merge(ownerOf.get(job), share, Integer::sum));

    if (!owners.isEmpty()) {
      assertThat(shares.values().stream().mapToInt(share -> share).sum()).isEqualTo(limit);
      assertThat(shares).hasSize(Math.min(limit, owners.size()));
      shares.forEach(
          (owner, share) ->
              assertThat((double) share).isCloseTo((double) limit / owners.size(), within(1.0)));
    }
  }

  @Example
  void many_jobs_of_one_owner_leave_the_job_of_another_its_half() throws SQLException {
    for (int i = 0; i < 300; i++) {
      post("crowd", "high", 60, 4);
    }
    UUID alone = post("single", "low", 0, MANY);

    for (int i = 0; i < 20; i++) {
      assertThat(givenBack(100).get(alone)).isEqualTo(50);
    }
    assertThat(turns(200, 1).get(alone)).isBetween(60, 140);
  }

  @Example
  void bytes_are_shared_by_owners_too() throws SQLException {
    for (int i = 0; i < 30; i++) {
      post("crowd", "normal", 0, 4);
    }
    UUID alone = post("single", "normal", 0, MANY);

    List<ClaimedItem> claims =
        Claim.claim(connection, WORKER, AGING, new Claim.Bounds(60, 20L * bytesOfAnItem()));

    assertThat(counted(claims).get(alone)).isEqualTo(10);
    assertThat(claims).hasSize(20);
  }

  private static long bytesOfAnItem() throws SQLException {
    List<ClaimedItem> one =
        Claim.claim(connection, WORKER, AGING, new Claim.Bounds(1, Long.MAX_VALUE));
    ReadyItems.release(connection, one);
    return one.get(0).bytes();
  }

  @Example
  void jobs_that_the_worker_passes_over_are_left_to_others() throws SQLException {
    UUID strange = post("high", 0, MANY);
    UUID known = post("low", 0, 5);
    Claimant picky = WORKER.excluding(Set.of(strange));

    assertThat(ReadyItems.count(connection, picky, 100)).isEqualTo(5);
    assertThat(claimed(picky, 40)).isEqualTo(Map.of(known, 5));
    assertThat(claimed(WORKER, 40)).isEqualTo(Map.of(strange, 40));
  }

  /** How many items each job got, of claims that were all given back. */
  private static Map<UUID, Integer> turns(int claims, int limit) throws SQLException {
    Map<UUID, Integer> turns = new HashMap<>();
    for (int i = 0; i < claims; i++) {
      givenBack(limit).forEach((job, share) -> turns.merge(job, share, Integer::sum));
    }
    return turns;
  }

  private static Map<UUID, Integer> givenBack(int limit) throws SQLException {
    List<ClaimedItem> claims =
        Claim.claim(connection, WORKER, AGING, new Claim.Bounds(limit, Long.MAX_VALUE));
    ReadyItems.release(connection, claims);
    return counted(claims);
  }

  private static Map<UUID, Integer> claimed(int limit) throws SQLException {
    return claimed(WORKER, limit);
  }

  private static Map<UUID, Integer> claimed(Claimant claimant, int limit) throws SQLException {
    return counted(
        Claim.claim(connection, claimant, AGING, new Claim.Bounds(limit, Long.MAX_VALUE)));
  }

  private static Map<UUID, Integer> counted(List<ClaimedItem> claims) {
    Map<UUID, Integer> shares = new HashMap<>();
    claims.forEach(item -> shares.merge(item.jobId(), 1, Integer::sum));
    return shares;
  }

  /** A job with so many ready items. */
  private static UUID post(String priority, int minutesAgo, int items) throws SQLException {
    return post("default", priority, minutesAgo, items);
  }

  private static UUID post(String owner, String priority, int minutesAgo, int items)
      throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement job =
        connection.prepareStatement(
            """
            INSERT INTO job (id, owner, profile, mode, provider, state, priority, options, total, created_at)
            VALUES (?, ?, 'discount', 'enhance', 'simulated', 'queued', ?, '{}', ?,
                    clock_timestamp() - ? * interval '1 minute')
            """)) {
      job.setObject(1, id);
      job.setString(2, owner);
      job.setString(3, priority);
      job.setInt(4, items);
      job.setInt(5, minutesAgo);
      job.executeUpdate();
    }
    List<NewItem> ready = new ArrayList<>();
    for (int seq = 0; seq < items; seq++) {
      ready.add(NewItem.ready(seq, null, "{}", "k", null));
    }
    Insertion.insert(connection, id, ready);
    return id;
  }

  private static void run(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}
