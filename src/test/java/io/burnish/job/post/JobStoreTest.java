package io.burnish.job.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Submissions;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.job.Jobs;
import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.stored.Job;
import io.burnish.queue.item.NewItem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A job is stored once, or not at all. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class JobStoreTest {

  private static final String BODY = "a".repeat(64);

  private static final List<NewItem> ITEMS = List.of(item(0), item(1));

  @Inject JobStore submission;

  @Inject Jobs jobs;

  private final String key = UUID.randomUUID().toString();

  @Test
  void the_same_body_under_the_same_key_is_the_same_job() {
    Job first = submission.store(batch(ITEMS), JobOrigin.DEFAULT, new Idempotency(key, BODY));
    Job again = submission.store(batch(ITEMS), JobOrigin.DEFAULT, new Idempotency(key, BODY));

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(jobs.find(first.id()).orElseThrow().counts().total()).isEqualTo(2);
  }

  @Test
  void another_body_under_the_key_is_refused() {
    submission.store(batch(ITEMS), JobOrigin.DEFAULT, new Idempotency(key, BODY));

    assertThatThrownBy(
            () ->
                submission.store(
                    batch(ITEMS), JobOrigin.DEFAULT, new Idempotency(key, "b".repeat(64))))
        .isInstanceOf(KeyReusedException.class);
  }

  @Test
  void without_a_key_each_is_a_job() {
    assertThat(submission.store(batch(ITEMS), JobOrigin.DEFAULT, null).id())
        .isNotEqualTo(submission.store(batch(ITEMS), JobOrigin.DEFAULT, null).id());
  }

  @Test
  void two_at_once_are_one_job() {
    List<CompletableFuture<Job>> both =
        Stream.of(1, 2)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            submission.store(
                                batch(ITEMS), JobOrigin.DEFAULT, new Idempotency(key, BODY))))
            .toList();

    assertThat(both.stream().map(CompletableFuture::join).map(Job::id).distinct()).hasSize(1);
  }

  @Test
  void a_store_that_fails_leaves_nothing_behind_and_its_key_free() {
    Iterable<NewItem> broken =
        () ->
            Stream.iterate(0, i -> i + 1)
                .map(
                    i -> {
                      if (i == 1) {
                        throw new IllegalStateException("the second can't be read");
                      }
                      return item(i);
                    })
                .iterator();

    assertThatThrownBy(
            () -> submission.store(batch(broken), JobOrigin.DEFAULT, new Idempotency(key, BODY)))
        .hasStackTraceContaining("the second can't be read");
    Job after =
        submission.store(batch(ITEMS), JobOrigin.DEFAULT, new Idempotency(key, "b".repeat(64)));

    assertThat(jobs.find(after.id()).orElseThrow().counts().total()).isEqualTo(2);
    assertThat(jobs.files(after.id())).hasSize(1);
  }

  private static NewItem item(int seq) {
    return NewItem.ready(seq, 0, "{}", null, null);
  }

  private static JobSubmission batch(Iterable<NewItem> items) {
    return Submissions.of(items, "a");
  }
}
