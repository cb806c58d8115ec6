package io.burnish.provider;

/**
 * Two ways to the provider.
 *
 * @param pooled on a connection that is kept for the next call
 * @param fresh on a connection of its own, for a call whose pooled connection the peer had closed:
 *     others of the pool may be closed as well
 */
record ProviderConnections(GroqApi pooled, GroqApi fresh) {}
