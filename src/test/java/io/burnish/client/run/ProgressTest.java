package io.burnish.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.client.console.Console;
import io.burnish.client.http.JobStatus.Counts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Counts HALF = new Counts(48, 20, 4, 23, 1, 2);

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private Console console(boolean terminal) {
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    return new Console(out, out, terminal);
  }

  private String shown() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_terminal_has_a_bar_that_is_replaced_and_makes_room_for_messages() {
    Console console = console(true);
    Progress progress = new Progress(console, 6);

    progress.show(HALF);
    console.say("a message");

    assertThat(shown())
        .isEqualTo(
            "\r\u001b[K[############------------] 24 of 48 records done: 23 succeeded (2 reused), 1 failed"
                + "\r\u001b[Ka message"
                + System.lineSeparator());
  }

  @Test
  void a_log_has_a_line_now_and_then_if_something_changed() {
    Progress progress = new Progress(console(false), 2);

    for (int i = 0; i < 8; i++) {
      progress.show(HALF);
    }

    assertThat(shown().lines())
        .containsExactly("24 of 48 records done: 23 succeeded (2 reused), 1 failed");
  }

  @Test
  void a_job_without_records_is_all_done() {
    Progress progress = new Progress(console(true), 1);

    progress.show(Counts.NONE);

    assertThat(shown()).contains("[" + "#".repeat(24) + "] 0 of 0 records done");
  }

  @Test
  void text_of_others_does_not_steer_the_terminal() {
    console(true).say("a\u001b[2Jb\nc\u202e");

    assertThat(shown().strip()).isEqualTo("a\\u001b[2Jb\\nc\\u202e");
  }
}
