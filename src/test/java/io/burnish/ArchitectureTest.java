package io.burnish;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** Checks the map of packages in {@link io.burnish}: what each may use. */
@AnalyzeClasses(packages = "io.burnish", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Rooms that every room may use: the annotations of settings. */
  private static final Set<String> USED_BY_ALL = Set.of("settings");

  /** Each room, and the rooms that it uses, from the map in {@code package-info.java}. */
  private static final Map<String, Set<String>> MAY_USE = map();

  private static Map<String, Set<String>> map() {
    String text;
    try {
      text =
          Files.readString(Path.of("src/main/java/io/burnish/package-info.java"))
              .replaceAll("\\s*\n \\*\\s*", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Set<String>> rooms = new TreeMap<>();
    Pattern.compile("<li>\\{@code (\\w+)}: [^<]*? Uses ([\\w, ]+)\\.")
        .matcher(text)
        .results()
        .filter(room -> !room.group(2).equals("everything"))
        .forEach(
            room ->
                rooms.put(
                    room.group(1),
                    room.group(2).equals("nothing")
                        ? Set.of()
                        : Set.of(room.group(2).split(", "))));
    return rooms;
  }

  @ArchTest
  static final ArchRule no_cycles = slices().matching("io.burnish.(*)..").should().beFreeOfCycles();

  /** Rooms within a room, such as {@code api.body}. */
  @ArchTest
  static final ArchRule no_cycles_within_a_room =
      slices().matching("io.burnish.(*).(*)..").should().beFreeOfCycles();

  /** Each request passes the checks, whatever the resource; the same holds of exceptions. */
  @ArchTest
  static final ArchRule no_resource_uses_the_checks_of_requests =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.burnish.api.request..", "io.burnish.api.mapping..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.burnish.api.request..", "io.burnish.api.mapping..");

  /** Rooms within a room that no other room uses. */
  private static final Set<String> INNER =
      Set.of(
          "api.mapping",
          "api.request",
          "provider.response",
          "queue.completion",
          "quota.fixed",
          "quota.learn",
          "quota.store");

  @ArchTest
  static void no_other_room_uses_an_inner_room(com.tngtech.archunit.core.domain.JavaClasses all) {
    for (String inner : INNER) {
      noClasses()
          .that()
          .resideOutsideOfPackage("io.burnish." + inner.split("\\.")[0] + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.burnish." + inner + "..")
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule no_room_uses_observability =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.burnish.observability..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.burnish.observability..");

  @ArchTest
  static final ArchRule only_local_uses_the_simulator =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.burnish.local..", "io.burnish.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.burnish.simulator..");

  @ArchTest
  static final ArchRule only_the_root_uses_local =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.burnish", "io.burnish.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.burnish.local..");

  /** {@code META-INF/services} names the profiles; no class does. There are no exceptions. */
  @ArchTest
  static final ArchRule only_the_discount_profile_knows_a_discount =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.burnish.profile.discount..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.burnish.profile.discount..");

  @ArchTest
  static final ArchRule jax_rs_stays_at_the_edges =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.burnish.api..", "io.burnish.page..", "io.burnish.provider..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.ws.rs..");

  @ArchTest
  static final ArchRule records_are_pure =
      classes()
          .that()
          .resideInAPackage("io.burnish.record..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..",
                  "com.fasterxml.jackson..",
                  "org.apache.commons.codec..",
                  "org.jspecify..",
                  "io.burnish.record.."));

  /** build.sh starts the client as a program of its own, with few libraries. */
  @ArchTest
  static final ArchRule the_client_starts_without_quarkus =
      classes()
          .that()
          .resideInAPackage("io.burnish.client..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..",
                  "javax.net..",
                  "com.fasterxml.jackson.core..",
                  "com.fasterxml.jackson.annotation..",
                  "com.fasterxml.jackson.databind..",
                  "picocli..",
                  "org.jspecify..",
                  "io.burnish.record..",
                  "io.burnish.client.."));

  @ArchTest
  static final ArchRule no_room_uses_the_client =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.burnish.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.burnish.client..");

  @ArchTest
  static final ArchRule wire_records_stay_in_provider =
      classes()
          .that()
          .haveSimpleNameStartingWith("ChatResponse")
          .should()
          .bePackagePrivate()
          .orShould()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.STATIC);

  @ArchTest
  static void each_room_uses_only_what_the_map_says(
      com.tngtech.archunit.core.domain.JavaClasses all) {
    MAY_USE.forEach(
        (room, used) -> {
          Set<String> forbidden = new HashSet<>(MAY_USE.keySet());
          forbidden.removeAll(used);
          forbidden.remove(room);
          forbidden.removeAll(USED_BY_ALL);
          DescribedPredicate<JavaClass> others =
              resideInAnyPackage(
                  forbidden.stream()
                      .map(name -> "io.burnish." + name + "..")
                      .toArray(String[]::new));
          noClasses()
              .that(resideInAPackage("io.burnish." + room + ".."))
              .should()
              .dependOnClassesThat(others)
              .as("room " + room + " uses only " + used)
              .allowEmptyShould(true)
              .check(all);
        });
  }

  /** Records are values, however many parts they have. */
  @ArchTest
  static final ArchRule constructors_are_short =
      classes()
          .that(DescribedPredicate.describe("are no records", type -> !type.isRecord()))
          .should(haveConstructorsOf(7, "parameters", type -> true))
          .andShould(haveConstructorsOf(5, "collaborators", ArchitectureTest::isCollaborator));

  /** It does something: it is no value, and no settings. */
  private static boolean isCollaborator(JavaClass type) {
    return resideInAPackage("io.burnish..").test(type)
        && !type.isRecord()
        && !type.isEnum()
        && !type.isAnnotatedWith(ConfigMapping.class);
  }

  private static ArchCondition<JavaClass> haveConstructorsOf(
      int most, String what, Predicate<JavaClass> counted) {
    return new ArchCondition<>("have constructors of at most " + most + " " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaConstructor constructor : type.getConstructors()) {
          long count = declared(constructor).filter(counted).count();
          if (count > most) {
            String message = constructor.getFullName() + " has " + count + " " + what;
            events.add(SimpleConditionEvent.violated(constructor, message));
          }
        }
      }
    };
  }

  /** Parameters that stand in the source: the compiler adds others to enums and inner classes. */
  private static Stream<JavaClass> declared(JavaConstructor constructor) {
    Parameter[] parameters = constructor.reflect().getParameters();
    return IntStream.range(0, parameters.length)
        .filter(i -> !parameters[i].isSynthetic() && !parameters[i].isImplicit())
        .mapToObj(i -> constructor.getRawParameterTypes().get(i));
  }

  @ArchTest
  static void each_room_is_on_the_map(com.tngtech.archunit.core.domain.JavaClasses all) {
    Set<String> rooms = new HashSet<>();
    all.forEach(
        type -> {
          String rest = type.getPackageName().replaceFirst("^io\\.burnish\\.?", "");
          if (!rest.isEmpty()) {
            rooms.add(rest.split("\\.")[0]);
          }
        });
    rooms.remove("observability");

    Assertions.assertThat(MAY_USE.keySet()).containsAll(rooms);
  }
}
