package io.burnish.profile;

/**
 * Names of the lists in the state file ({@code groq_tracking_state.json}) that the replaced script
 * kept.
 *
 * @param processed field with the keys of processed records
 * @param failed field with the keys of failed records
 */
public record StateFileFields(String processed, String failed) {}
