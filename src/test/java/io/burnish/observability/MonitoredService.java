package io.burnish.observability;

import io.burnish.fixtures.ApiWithoutWorker;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with a worker, known limits and callbacks: it has every meter. */
public class MonitoredService implements QuarkusTestProfile {

  static final String MODEL = "openai/gpt-oss-120b";
  static final String NEXT_MODEL = "openai/gpt-oss-20b";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.otel.sdk.disabled",
        "false",
        "quarkus.otel.bsp.schedule.delay",
        "100ms",
        "burnish.models.preference",
        MODEL + "," + NEXT_MODEL,
        "burnish.quota.limits",
        "simulated/%s=6000/90000/900000/9000000;simulated/%s=6000/90000/900000/9000000"
            .formatted(MODEL, NEXT_MODEL),
        "burnish.callback.secret",
        ApiWithoutWorker.WEBHOOK_SECRET,
        "burnish.callback.allow",
        "127.0.0.1",
        "burnish.callback.first-retry",
        "200ms");
  }
}
