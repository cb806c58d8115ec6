package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private final List<String> written = new ArrayList<>();
  private final GroupCommit<String> commit = new GroupCommit<>(1, 10, written::addAll);

  @Test
  void what_was_handed_over_before_the_end_is_written() {
    var future = commit.add(List.of("a", "b"));
    commit.close();

    commit.run();

    assertThat(written).containsExactly("a", "b");
    assertThat(future).isCompleted();
  }

  @Test
  void whoever_comes_after_the_end_is_turned_away_and_does_not_wait() {
    commit.close();
    commit.run();

    assertThatThrownBy(() -> commit.write(List.of("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has stopped");
    assertThat(written).isEmpty();
  }
}
