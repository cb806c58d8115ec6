package io.burnish.observability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A meter in the text format of Prometheus.
 *
 * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
 * @param help its help
 * @param samples names and values of the labels of each sample
 */
record Exposition(String type, String help, List<Map<String, String>> samples) {

  private static final Pattern LINE = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Set<String> OF_THE_TYPE = Set.of("le", "quantile");

  /** The meters of a scrape by name, the largest values of histograms left out. */
  static TreeMap<String, Exposition> of(String text) {
    Map<String, String> help = new TreeMap<>();
    TreeMap<String, Exposition> meters = new TreeMap<>();
    String meter = "";
    for (String line : text.split("\n")) {
      Matcher comment = LINE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        meter = comment.group(2);
        if (comment.group(1).equals("HELP")) {
          help.put(meter, comment.group(3));
        } else {
          meters.put(
              meter,
              new Exposition(comment.group(3), help.getOrDefault(meter, ""), new ArrayList<>()));
        }
      } else if (sample.matches()) {
        meters.get(meter).samples().add(labels(sample.group(2)));
      }
    }
    meters.keySet().removeIf(name -> isLargest(name, meters));
    return meters;
  }

  private static boolean isLargest(String name, TreeMap<String, Exposition> meters) {
    Exposition of = meters.get(name.replaceFirst("_max$", ""));
    return name.endsWith("_max")
        && of != null
        && Set.of("histogram", "summary").contains(of.type());
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    if (text != null) {
      LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    return labels;
  }

  /** Values of all labels of the service's own meters in a scrape. */
  static Set<String> labelValues(String text) {
    Set<String> values = new HashSet<>();
    of(text)
        .forEach(
            (name, meter) -> {
              if (name.startsWith("burnish_")) {
                meter.samples().forEach(sample -> values.addAll(withoutType(sample).values()));
              }
            });
    return values;
  }

  private static Map<String, String> withoutType(Map<String, String> sample) {
    Map<String, String> labels = new TreeMap<>(sample);
    labels.keySet().removeAll(OF_THE_TYPE);
    return labels;
  }

  /** Type and labels of each meter, as the document has them; "no sample" for one without. */
  static Map<String, String> described(Map<String, Exposition> meters) {
    Map<String, String> described = new TreeMap<>();
    meters.forEach((name, meter) -> described.put(name, meter.describe()));
    return described;
  }

  private String describe() {
    TreeSet<String> names = new TreeSet<>();
    samples.forEach(sample -> names.addAll(withoutType(sample).keySet()));
    return !samples.isEmpty() ? type + " " + names : type + " without a sample";
  }
}
