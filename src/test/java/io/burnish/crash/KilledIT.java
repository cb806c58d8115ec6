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
    return records;
  }
}
