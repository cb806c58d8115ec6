package io.burnish.profile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The profiles of this build, found by {@link ServiceLoader}: {@code
 * META-INF/services/io.burnish.profile.Profile} names their classes.
 */
public final class Profiles {

  private static final Map<String, Profile> BY_NAME = load();

  private static final TokenSizes LARGEST_SIZES =
      new TokenSizes(
          largest(TokenSizes::prompt), largest(TokenSizes::record), largest(TokenSizes::answer));

  private static final Set<String> UNANSWERED_RULES =
      BY_NAME.values().stream().map(Profile::unansweredRule).collect(Collectors.toSet());

  private Profiles() {}

  private static Map<String, Profile> load() {
    Map<String, Profile> byName = new LinkedHashMap<>();
    for (Profile profile : ServiceLoader.load(Profile.class, Profile.class.getClassLoader())) {
      if (byName.put(profile.name(), profile) != null) {
        throw new IllegalStateException("two profiles have the name " + profile.name());
      }
    }
    if (byName.isEmpty()) {
      throw new IllegalStateException("META-INF/services names no " + Profile.class.getName());
    }
    return byName;
  }

  /** The profile of that name; empty if there is none. */
  public static Optional<Profile> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names that a job may use. */
  public static Collection<String> names() {
    return BY_NAME.keySet();
  }

  /** The profile of a job that names none: the first one in {@code META-INF/services}. */
  public static String defaultName() {
    return BY_NAME.keySet().iterator().next();
  }

  /** The largest size of each kind over all profiles: for plans made before records are known. */
  public static TokenSizes largestSizes() {
    return LARGEST_SIZES;
  }

  /** Whether the code of a refused answer is the {@link Profile#unansweredRule} of a profile. */
  public static boolean isUnanswered(String code) {
    return UNANSWERED_RULES.contains(code);
  }

  /**
   * The profile whose records the state files of the replaced script list.
   *
   * @throws NoSuchElementException if no profile has a {@link Profile#stateFile}
   */
  public static Profile ofStateFiles() {
    return BY_NAME.values().stream()
        .filter(profile -> profile.stateFile().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static int largest(ToIntFunction<TokenSizes> size) {
    return BY_NAME.values().stream().map(Profile::sizes).mapToInt(size).max().orElseThrow();
  }
}
