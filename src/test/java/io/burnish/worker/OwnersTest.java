package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.intake.Intake;
import io.burnish.intake.Poster;
import io.burnish.intake.body.ClientConnection;
import io.burnish.intake.body.Spool;
import io.burnish.intake.body.SpooledBody;
import io.burnish.job.Jobs;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.spec.PostLimits;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records of two owners: what one decided is not the other's, and no call carries both. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class OwnersTest {

  private final String key = UUID.randomUUID().toString();

  Simulator simulator;
  @Inject Spool spool;
  @Inject Intake intake;
  @Inject Jobs jobs;

  @BeforeEach
  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void equal_records_are_enhanced_once_for_each_owner() {
    ObjectNode lamp = Discounts.readable(key, "20% off");

    for (String owner : List.of("one", "other", "default")) {
      post(owner, "content", lamp).ended().assertCounts(1, 0).assertReused(0);
      post(owner, "content", lamp).ended().assertCounts(1, 0).assertReused(1);
    }

    assertThat(Scenario.asked(simulator, lamp)).isEqualTo(3);
  }

  @Test
  void a_key_that_one_owner_has_processed_is_not_processed_for_another() {
    ObjectNode first = Discounts.readable(key, "20% off");
    ObjectNode second = Discounts.readable(key, "30% off");
    post("one", "id", first).ended().assertCounts(1, 0);

    PostedJob job = post("other", "id", second).ended();

    assertThat(job.assertCounts(1, 0).assertReused(0).results("price")).containsExactly(30);
  }

  /** Refusals of other tests may have made the calls of this process small; good calls end that. */
  private void let_calls_carry_several_records() {
    for (int i = 0; i < 20 && simulator.calls().stream().noneMatch(OwnersTest::isPack); i++) {
      Scenario.given(60).ended();
    }
    simulator.clear();
  }

  private static boolean isPack(SimulatedCall call) {
    return call.records().size() > 1;
  }

  @Test
  void no_call_carries_records_of_two_owners() {
    let_calls_carry_several_records();
    ObjectNode[] ones = Discounts.readable(20);
    ObjectNode[] others = Discounts.readable(20);
    PostedJob one = post("one", "content", ones);
    PostedJob other = post("other", "content", others);

    one.ended().assertCounts(20, 0);
    other.ended().assertCounts(20, 0);

    assertThat(simulator.calls())
        .anyMatch(OwnersTest::isPack)
        .allSatisfy(
            call -> assertThat(any(ones, call.records()) && any(others, call.records())).isFalse());
  }

  private static boolean any(ObjectNode[] discounts, List<String> asked) {
    return asked.stream()
        .anyMatch(
            record ->
                Arrays.stream(discounts)
                    .anyMatch(discount -> record.contains(discount.path("title").asText())));
  }

  private PostedJob post(String owner, String dedupe, ObjectNode... records) {
    byte[] body =
        "{\"options\":{\"dedupe\":\"%s\"},\"records\":%s}"
            .formatted(dedupe, Discounts.list(records))
            .getBytes(StandardCharsets.UTF_8);
    Supplier<SpooledBody> spooled = () -> spool.create(new ClientConnection());
    try (SpooledBody posted = spooled.get()) {
      posted.write(ByteBuffer.wrap(body));
      JobSubmission job =
          intake.ofJson(posted, spooled, new Poster(owner, null, false, null), directory -> {});
      return new PostedJob(
          jobs.submit(job, new JobOrigin(owner, null, PostLimits.NONE), null).id().toString());
    }
  }
}
