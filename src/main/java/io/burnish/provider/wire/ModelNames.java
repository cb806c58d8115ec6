package io.burnish.provider.wire;

/** Names of models in calls, logs and the API. */
public final class ModelNames {

  private static final String SIMULATED = "simulated/";

  private ModelNames() {}

  /**
   * The provider's name of a model; the name of a simulated one says so, so that its answers are
   * not mistaken for real ones.
   */
  public static String of(ProviderKind kind, String name) {
    return switch (kind) {
      case GROQ -> name;
      case SIMULATED -> name.startsWith(SIMULATED) ? name : SIMULATED + name;
    };
  }
}
