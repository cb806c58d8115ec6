package io.burnish.crash;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Killed where no limits hold calls back. */
class KilledIT extends KillPoints {

  @RegisterExtension static final Stage STAGE = new Stage();

  @Override
  Stage stage() {
    return STAGE;
  }

  @Override
  int atOnce(int records) {
    // A model that was not heard from since the start is given four calls at first.
    return Math.min(records, 4);
  }
}
