package io.burnish;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;

/** The program. */
@QuarkusMain
public final class Burnish {

  private Burnish() {}

  /** The program's entry; arguments are handed to the application. */
  public static void main(String... args) {
    // The framework answers an address that is not well formed without a word; RequestCheck says
    // what is wrong.
    System.setProperty("vertx.disableURIValidation", "true");
    // The same sources as the application has, which sets up its own configuration later.
    new Startup(ConfigUtils.configBuilder().build()).run(args);
  }
}
