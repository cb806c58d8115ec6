package io.burnish.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.queue.item.ClaimedItem;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogFieldsTest {

  private static final UUID JOB = UUID.randomUUID();
  private static final UUID OTHER_JOB = UUID.randomUUID();

  @Test
  void a_pack_has_each_of_its_jobs_once_and_all_its_items() {
    String fields =
        LogFields.with(
            List.of(item(1, JOB), item(2, OTHER_JOB), item(3, JOB)), "m", LogFieldsTest::fields);

    assertThat(fields).isEqualTo("%s,%s 1,2,3 m".formatted(JOB, OTHER_JOB));
    assertThat(fields()).isEqualTo("null null null");
  }

  @Test
  void an_inner_scope_restores_the_fields_of_the_outer_one() {
    LogFields.with(
        List.of(item(1, JOB), item(2, JOB)),
        "m",
        () -> {
          String inner = LogFields.with(List.of(item(2, JOB)), null, LogFieldsTest::fields);
          assertThat(inner).isEqualTo("%s 2 m".formatted(JOB));
          assertThat(fields()).isEqualTo("%s 1,2 m".formatted(JOB));
          return inner;
        });
  }

  @Test
  void an_exception_clears_the_fields() {
    assertThatThrownBy(
            () ->
                LogFields.with(
                    List.of(item(1, JOB)),
                    "m",
                    () -> {
                      throw new IllegalStateException("of the test");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(fields()).isEqualTo("null null null");
  }

  private static String fields() {
    return "%s %s %s".formatted(MDC.get("job"), MDC.get("item"), MDC.get("model"));
  }

  private static ClaimedItem item(long id, UUID job) {
    return ClaimedItem.first(id, job, 1, null, null, "{}");
  }
}
