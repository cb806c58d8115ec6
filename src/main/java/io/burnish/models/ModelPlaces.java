package io.burnish.models;

import io.burnish.provider.ChatAnswer;
import io.burnish.provider.GroqClient;
import io.burnish.provider.ProviderFault;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The door to the models: sends a question to the place that its model has in the order of
 * preference. Thread-safe.
 */
@Singleton
public class ModelPlaces {

  /** How many models can be named; each has a circuit breaker of its own. */
  static final int MOST = 8;

  private final ModelChain chain;
  private final Instance<ChatGateway> gateways;

  ModelPlaces(ModelChain chain, @Any Instance<ChatGateway> gateways) {
    this.chain = chain;
    this.gateways = gateways;
  }

  /**
   * Asks the call's model and, when that can't answer, the next ones.
   *
   * @throws ProviderFault the last model's fault, when none could answer
   * @throws CallNotWantedException when the answer was not wanted any more
   */
  public ChatAnswer complete(ChatCall call) {
    return of(call.model()).complete(call);
  }

  private ChatGateway of(String model) {
    return gateways.select(PLACES.get(chain.place(model))).get();
  }

  /** What the gateways share. */
  @Singleton
  static class Shared {

    private final ChatGateway.Call call;

    Shared(
        GroqClient client,
        ModelChain chain,
        CallQuota quota,
        MeterRegistry meters,
        Instance<ModelPlaces> places) {
      this.call =
          new ChatGateway.Call(client, chain, quota, meters, model -> places.get().of(model));
    }
  }

  private static final List<Class<? extends ChatGateway>> PLACES =
      List.of(
          First.class,
          Second.class,
          Third.class,
          Fourth.class,
          Fifth.class,
          Sixth.class,
          Seventh.class,
          Eighth.class);

  @Singleton
  static class First extends ChatGateway {
    First(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Second extends ChatGateway {
    Second(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Third extends ChatGateway {
    Third(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Fourth extends ChatGateway {
    Fourth(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Fifth extends ChatGateway {
    Fifth(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Sixth extends ChatGateway {
    Sixth(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Seventh extends ChatGateway {
    Seventh(Shared shared) {
      super(shared.call);
    }
  }

  @Singleton
  static class Eighth extends ChatGateway {
    Eighth(Shared shared) {
      super(shared.call);
    }
  }
}
