import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How long to measure, and on what.
 *
 * @param seconds of one measurement, over 0
 * @param warmUp seconds before it
 * @param seed of the records, and of the simulator's chance
 * @param data where the real records are, if they are there
 */
record Run(int seconds, int warmUp, long seed, Path data) {

  /** The simulator's options for this run: those of the scenario, and the seed. */
  String[] options(String... ofTheScenario) {
    String[] options = new String[ofTheScenario.length + 2];
    System.arraycopy(ofTheScenario, 0, options, 0, ofTheScenario.length);
    options[options.length - 2] = "seed";
    options[options.length - 1] = String.valueOf(seed);
    return options;
  }

  /** The file of real discounts that the data has. */
  private static final String NATIVE = "he_native_all_discounts_2025-08-07.json";

  /** The real records, a JSON array; empty where they are not. */
  Optional<String> nativeFile() throws IOException {
    Path file = data.resolve(NATIVE);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /**
   * A job that is not over before the measurements are: more records than the account's limits let
   * through in so many seconds beside the measured ones.
   */
  String plenty(int moreSeconds) {
    int records =
        (int) (Account.TPM / Records.TOKENS * 1.5 * (warmUp + seconds + moreSeconds) / 60);
    return new Records(seed).job(records, Text.LONG, Records.AS_THEY_COME);
  }
}
