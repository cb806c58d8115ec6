package io.burnish.provider;

/** Names of models as they are called, logged and shown. */
public final class ModelNames {

  private static final String SIMULATED = "simulated/";

  private ModelNames() {}

  /**
   * The name by which a provider knows a model; a simulated one says so, that nobody takes its
   * answer for the real thing.
   */
  public static String of(ProviderKind kind, String name) {
    return switch (kind) {
      case GROQ -> name;
      case SIMULATED -> name.startsWith(SIMULATED) ? name : SIMULATED + name;
    };
  }
}
