import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param scenarios names, in the order in which they are measured
 * @param run how
 * @param out where the rows go as JSON, or empty
 */
record Options(List<String> scenarios, Run run, Optional<Path> out) {

  /** Reads the arguments; says what is wrong and ends the program when they make no sense. */
  static Options of(String[] arguments, Collection<String> known) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "seconds",
                "180",
                "warm-up",
                "10",
                "seed",
                "1",
                "data",
                "../shared/data",
                "out",
                ""));
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (name.isEmpty()) {
        require(known.contains(arguments[i]), "there is no scenario " + arguments[i]);
        wanted.add(arguments[i]);
      } else {
        require(values.containsKey(name), "there is no option --" + name);
        require(i + 1 < arguments.length, "--" + name + " lacks its value");
        values.put(name, arguments[++i]);
      }
    }
    Run run =
        new Run(
            number(values, "seconds"),
            number(values, "warm-up"),
            number(values, "seed"),
            Path.of(values.get("data")));
    return new Options(
        wanted.isEmpty() ? List.copyOf(known) : wanted,
        run,
        Optional.of(values.get("out")).filter(out -> !out.isEmpty()).map(Path::of));
  }

  private static int number(Map<String, String> values, String name) {
    String value = values.get(name);
    require(value.matches("\\d{1,9}"), "--" + name + " wants a number");
    return Integer.parseInt(value);
  }

  private static void require(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      System.err.println(otherwise + "; see bench/quota/run --help, and --list");
      System.exit(1);
    }
  }
}
