package io.burnish.crash;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Killed where no limits hold calls back. */
class KilledIT extends KillPoints {

  @RegisterExtension static final Environment STAGE = new Environment();

  @Override
  Environment stage() {
    return STAGE;
  }

  @Override
  int atOnce(int records) {
    return records;
  }
}
