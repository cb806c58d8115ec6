package io.burnish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Benchmarks that use the service's own classes are no part of the build; they must compile all the
 * same. Those of {@code bench/quota} have a library of their own, and are left out.
 */
class BenchesTest {

  @ParameterizedTest
  @ValueSource(strings = {"bench", "bench/hostile"})
  void they_compile(String directory, @TempDir Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.list(Path.of(directory))) {
      List<Path> sources = all.filter(file -> file.toString().endsWith(".java")).toList();

      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();

      assertThat(compiled).as(said.toString()).isTrue();
    }
  }
}
