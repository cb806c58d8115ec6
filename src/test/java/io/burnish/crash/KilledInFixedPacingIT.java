package io.burnish.crash;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Killed while one call is made at a time, with fixed delays between calls, made short. */
@Tag("crash")
class KilledInFixedPacingIT extends KillPoints {

  @RegisterExtension
  static final Environment STAGE =
      new Environment(
          Map.of(
              "BURNISH_PACING", "fixed",
              "RATE_LIMIT_REQUEST_DELAY", "0.03s",
              "RATE_LIMIT_RETRY_DELAY", "0.05s",
              "RATE_LIMIT_MODEL_SWITCH_DELAY", "0.1s",
              "RATE_LIMIT_429_DELAY", "0.15s"),
          List.of("--headers=off"));

  @Override
  Environment stage() {
    return STAGE;
  }

  @Override
  int atOnce(int records) {
    return 1;
  }
}
