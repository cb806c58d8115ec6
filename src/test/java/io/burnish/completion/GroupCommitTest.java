package io.burnish.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.completion.GroupCommit.Linger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private final List<String> written = new ArrayList<>();
  private final GroupCommit<String> commit = gathering(written::addAll);

  @Test
  void what_was_handed_over_before_the_end_is_written() {
    var future = commit.add(List.of("a", "b"));
    commit.close();

    commit.run();

    assertThat(written).containsExactly("a", "b");
    assertThat(future).isCompleted();
  }

  @Test
  void a_batch_that_waits_is_written_as_one() throws Exception {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    var gathering =
        gathering(
            batch -> {
              sizes.add(batch.size());
              first.countDown();
            });
    for (int i = 0; i < 5; i++) {
      gathering.add(List.of("a"));
    }
    Thread loop = new Thread(gathering);
    loop.start();
    first.await();
    gathering.add(List.of("a"));
    gathering.add(List.of("a"));
    gathering.write(List.of("a"));
    gathering.close();
    loop.join();

    assertThat(sizes).containsExactly(5, 3);
  }

  @Test
  void a_batch_that_could_not_be_written_is_told_and_the_next_is_written() throws Exception {
    var fussy =
        gathering(
            batch -> {
              if (batch.contains("bad")) {
                throw new StackOverflowError("on purpose");
              }
              written.addAll(batch);
            });
    Thread loop = new Thread(fussy);
    loop.start();

    assertThat(fussy.add(List.of("bad"))).failsWithin(Duration.ofSeconds(30));
    fussy.write(List.of("good"));
    fussy.close();
    loop.join();

    assertThat(written).containsExactly("good");
  }

  private static GroupCommit<String> gathering(Consumer<List<String>> write) {
    return new GroupCommit<>(new Linger(3, Duration.ofHours(1)), 10, write, () -> {});
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
