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
 * Compiles the benchmarks that use the service's classes, because the build does not. Those of
 * {@code bench/quota} need a library of their own, and are left out.
 */
class BenchesTest {

  @ParameterizedTest
  @ValueSource(strings = {"bench", "bench/hostile", "bench/metrics", "bench/pictures"})
  void they_compile(String directory, @TempDir Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.list(Path.of(directory))) {
      List<Path> sources = all.filter(file -> file.toString().endsWith(".java")).toList();

      boolean compiled =
          compiler
              .getTask(
                  output,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();

      assertThat(compiled).as(output.toString()).isTrue();
    }
  }
}
