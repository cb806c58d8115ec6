package io.burnish.models;

import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import jakarta.inject.Singleton;

/** The door to the models. Thread-safe. */
@Singleton
public class ModelPlaces {

  private final ChatGateway gateway;

  ModelPlaces(ChatGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Asks the call's model and, when that can't answer, the next ones.
   *
   * @throws ProviderFault the last model's fault, when none could answer
   * @throws CallNotWantedException when the answer was not wanted any more
   */
  public ChatAnswer complete(ChatCall call) {
    return gateway.complete(call);
  }
}
