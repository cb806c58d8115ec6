package io.burnish.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.models.call.ChatCall;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.Truncated;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.fault.Unusable;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.ChatPrompt;
import io.burnish.provider.wire.RateLimitHeaders;
import io.burnish.quota.Quotas;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.ModelQuota;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is left of a day's tokens after a call: they drip back so slowly that a slow machine makes
 * no difference.
 */
@QuarkusTest
@TestProfile(ChatGatewayTest.TwoTries.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class CallQuotaTest {

  private static final int PROMPT = 1_000;
  private static final int MAXIMUM = 4_000;

  /** What drips back in more than four minutes. */
  private static final double DRIPS = 1_500;

  @Inject Quotas quotas;
  @Inject Sql sql;

  private final RateLimitHeaders untold =
      new RateLimitHeaders(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private CallQuota quota;
  private String model;

  @BeforeEach
  void a_quota() {
    quota = new CallQuota(quotas, new Calibration());
  }

  /** Of the plan table, so that it has limits; each test its own. */
  private void given(String model) {
    this.model = model;
    quotas.open("https://models.example/v1", List.of(model), false);
  }

  @Test
  void an_answer_that_is_no_good_is_settled_by_what_it_used() {
    given("qwen/qwen3.6-27b");
    double before = left();
    ChatCall call = reserved();

    quota.settle(call, new Truncated(answer(1_900, 1_000, 100), 200, "cut off"));

    assertThat(before - left()).isCloseTo(1_000, within(DRIPS));
    assertThat(call.reserved()).hasValue(0);
  }

  @Test
  void an_error_that_does_not_tell_what_it_used_keeps_all_that_was_reserved() {
    given("allam-2-7b");
    double before = left();

    quota.settle(reserved(), new Unusable(model, 400, "Failed to generate JSON", null));

    assertThat(before - left()).isCloseTo(PROMPT + MAXIMUM, within(DRIPS));
  }

  @Test
  void an_answer_that_does_not_tell_what_it_used_keeps_all_that_was_reserved() {
    given("llama-3.1-8b-instant");
    double before = left();

    quota.settle(reserved(), answer(0, 0, 0));

    assertThat(before - left()).isCloseTo(PROMPT + MAXIMUM, within(DRIPS));
  }

  @Test
  void a_page_of_somebody_else_used_nothing_and_a_lost_response_keeps_what_was_reserved() {
    given("openai/gpt-oss-safeguard-20b");
    double before = left();

    quota.settle(
        reserved(), Unreachable.notFromProvider(model, 200, "Welcome to the guest network"));
    assertThat(before - left()).isCloseTo(0, within(DRIPS));

    quota.settle(reserved(), new Unreachable(model, "the connection was closed", null));
    assertThat(before - left()).isCloseTo(PROMPT + MAXIMUM, within(DRIPS));
  }

  @Test
  void nothing_is_settled_twice() {
    given("llama-3.3-70b-versatile");
    double before = left();
    ChatCall call = reserved();
    ProviderFault fault = new Truncated(answer(1_900, 1_000, 100), 200, "cut off");

    quota.settle(call, fault);
    quota.refund(call);

    assertThat(before - left()).isCloseTo(1_000, within(DRIPS));
  }

  @Test
  void an_answer_is_not_lost_when_its_quota_cannot_be_settled() {
    given("gemma2-9b-it");
    ChatCall call = reserved();
    sql("ALTER TABLE model_quota RENAME TO model_quota_away");
    try {
      RateLimitHeaders told =
          new RateLimitHeaders(
              Optional.of(77L),
              Optional.of(76L),
              Optional.empty(),
              Optional.of(7_777L),
              Optional.of(7_000L),
              Optional.empty());

      quota.settle(call, new ChatAnswer(model, "{}", 900, 100, 0, "", told));
      quota.settle(call, new Throttled(model, 429, "slow down", ProviderFault.Dimension.TPM, null));
    } finally {
      sql("ALTER TABLE model_quota_away RENAME TO model_quota");
    }

    assertThat(call.reserved()).hasValue(0);
  }

  private void sql(String statement) {
    Statements.run(sql, statement);
  }

  private ChatCall reserved() {
    ChatPrompt prompt = new ChatPrompt("Answer in JSON.", "{}", "{}", MAXIMUM);
    ChatCall call = ChatCall.first(prompt, PROMPT, model, false);
    quota.reserve(call);
    return call;
  }

  private ChatAnswer answer(int prompt, int cached, int completion) {
    return new ChatAnswer(model, "{\"records\":[", prompt, completion, cached, "", untold);
  }

  private double left() {
    return quotas.all().stream()
        .filter(row -> row.model().equals(model))
        .map(ModelQuota::buckets)
        .findFirst()
        .orElseThrow()
        .get(Dimension.TPD)
        .level();
  }
}
