package io.burnish.profile;

import io.burnish.profile.discount.DiscountProfile;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The profiles built in, by name. */
public final class Profiles {

  private static final Map<String, Profile> BY_NAME =
      Stream.<Profile>of(new DiscountProfile())
          .collect(Collectors.toUnmodifiableMap(Profile::name, Function.identity()));

  private Profiles() {}

  /** The profile of that name, or empty. */
  public static Optional<Profile> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Names a job may ask for. */
  public static Collection<String> names() {
    return BY_NAME.keySet();
  }
}
