package io.burnish.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

class SuitesTest {

  private static final Path SOURCES = Path.of("src/test/java");

  @Test
  void each_test_class_is_in_exactly_one_suite() throws Exception {
    List<Class<?>> suites = suites();

    assertThat(namesOfClasses("Test.java"))
        .allSatisfy(
            name ->
                assertThat(suites.stream().filter(suite -> isIn(suite, name)).toList())
                    .as(name)
                    .hasSize(1));
  }

  private static List<Class<?>> suites() throws IOException, ClassNotFoundException {
    List<String> names = namesOfClasses("Suite.java");
    Class<?>[] suites = new Class<?>[names.size()];
    for (int i = 0; i < suites.length; i++) {
      suites[i] = Class.forName(names.get(i));
      assertThat(suites[i]).hasAnnotation(Suite.class);
    }
    return List.of(suites);
  }

  private static List<String> namesOfClasses(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .map(file -> SOURCES.relativize(file).toString().replace('/', '.').replace('\\', '.'))
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .toList();
    }
  }

  private static boolean isIn(Class<?> suite, String name) {
    SelectPackages packages = suite.getAnnotation(SelectPackages.class);
    SelectClasses classes = suite.getAnnotation(SelectClasses.class);
    ExcludePackages without = suite.getAnnotation(ExcludePackages.class);
    ExcludeClassNamePatterns excluded = suite.getAnnotation(ExcludeClassNamePatterns.class);
    boolean isSelected =
        (packages != null && isWithin(packages.value(), name))
            || (classes != null && List.of(classes.names()).contains(name));
    if (without != null && isWithin(without.value(), name)) {
      return false;
    }
    return isSelected && (excluded == null || Stream.of(excluded.value()).noneMatch(name::matches));
  }

  private static boolean isWithin(String[] packages, String name) {
    return Stream.of(packages).anyMatch(p -> name.startsWith(p + "."));
  }
}
