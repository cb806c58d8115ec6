package io.burnish.crash;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Killed under the production default: no plan is named, and the provider tells its limits, thirty
 * times those of the free plan.
 */
@Tag("crash")
class KilledUnderLimitsIT extends KillPoints {

  @RegisterExtension
  static final Environment STAGE =
      new Environment(
          Map.of("BURNISH_PLAN", "auto"), List.of("--limits=*=900/30000/240000/6000000"));

  @Override
  Environment stage() {
    return STAGE;
  }

  @Override
  int atOnce(int records) {
    return 1;
  }
}
