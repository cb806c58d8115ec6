package io.burnish.job.stored;

import io.burnish.database.DefaultOwner;
import io.burnish.job.state.JobFilter;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs that retention has not removed. Every method needs a transaction. */
@ApplicationScoped
public class JobRepository implements PanacheRepositoryBase<Job, UUID> {

  /** The job that an owner posted under an Idempotency-Key. */
  public Optional<Job> byIdempotencyKey(String owner, String key) {
    return find("idempotency.key = ?1 and spec.owner = ?2", key, owner).firstResultOptional();
  }

  /** Jobs that an access key posted and that are not finished; newest last. */
  public List<UUID> openOfKey(UUID key) {
    return find("select id from Job where spec.keyId = ?1 and finishedAt is null order by id", key)
        .project(UUID.class)
        .list();
  }

  /**
   * Jobs that meet the conditions, newest first.
   *
   * @param before only jobs with a lower id, that is, older ones; null: all
   * @param limit jobs at most; over 0
   */
  public List<Job> newest(JobFilter filter, @Nullable UUID before, int limit) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions =
        Stream.of(
                condition(values, "owner", filter.owner(), "spec.owner = :owner"),
                condition(values, "before", before, "id < :before"),
                condition(values, "state", filter.state(), "state = :state"),
                condition(values, "outcome", filter.outcome(), "outcome = :outcome"),
                condition(
                    values, "name", filter.name(), "locate(lower(:name), lower(spec.name)) > 0"),
                condition(values, "profile", filter.profile(), "spec.profile = :profile"),
                condition(values, "after", filter.createdAfter(), "spec.createdAt > :after"),
                condition(values, "until", filter.createdBefore(), "spec.createdAt < :until"))
            .flatMap(Optional::stream)
            .toList();
    Sort newestFirst = Sort.descending("id");
    return (conditions.isEmpty()
            ? findAll(newestFirst)
            : find(String.join(" and ", conditions), newestFirst, values))
        .page(0, limit)
        .list();
  }

  private static Optional<String> condition(
      Map<String, Object> values, String name, @Nullable Object value, String condition) {
    if (value == null) {
      return Optional.empty();
    }
    values.put(name, value);
    return Optional.of(condition);
  }

  /** What a job was posted with, without its counters. */
  public Optional<StoredSpec> specOf(UUID id) {
    return find("select spec from Job where id = ?1", id)
        .project(StoredSpec.class)
        .firstResultOptional();
  }

  /**
   * Locks an Idempotency-Key of an owner until the end of the transaction. The lock of the default
   * owner is that of the versions before, which know no owners.
   *
   * @return false when another transaction still holds it after the timeout; the transaction must
   *     be rolled back then
   */
  public boolean lockKey(String owner, String key, Duration timeout) {
    return lock(DefaultOwner.is(owner) ? key : owner + '\n' + key, timeout);
  }

  /** The same for the limits of an access key: its jobs are stored one at a time. */
  public boolean lockLimits(@Nullable UUID accessKey, Duration timeout) {
    return lock("burnish.key_limits." + accessKey, timeout);
  }

  private boolean lock(String name, Duration timeout) {
    set("lock_timeout", timeout.toMillis() + "ms");
    try {
      getEntityManager()
          .createNativeQuery(
              "SELECT true FROM pg_advisory_xact_lock(hashtextextended(?1, 0))", Boolean.class)
          .setParameter(1, name)
          .getSingleResult();
    } catch (LockTimeoutException | PessimisticLockException e) {
      return false;
    }
    set("lock_timeout", "0");
    return true;
  }

  /** Lets the transaction idle between two statements for longer than others may. */
  public void allowIdle(Duration time) {
    set("idle_in_transaction_session_timeout", time.toMillis() + "ms");
  }

  /** Sets a PostgreSQL parameter for this transaction. */
  private void set(String parameter, String value) {
    getEntityManager()
        .createNativeQuery("SELECT set_config(?1, ?2, true)", String.class)
        .setParameter(1, parameter)
        .setParameter(2, value)
        .getSingleResult();
  }

  /** The database's clock. */
  public Instant now() {
    return (Instant)
        getEntityManager()
            .createNativeQuery("SELECT clock_timestamp()", Instant.class)
            .getSingleResult();
  }
}
