import io.burnish.metrics.CallMeters;
import io.burnish.metrics.ItemMeters;
import io.burnish.metrics.ServiceMeters;
import io.burnish.prices.Prices;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * What metrics cost on the path of a record: the calls that the service makes for one pack of 16
 * records, in nanoseconds a record, and the time of a scrape. No framework: compare runs on one
 * machine. Started by {@code bench/metrics/run}.
 */
@SuppressWarnings("deprecation")
public final class HotPath {

  private static final int PACK = 16;
  private static final int PACKS = 200_000;
  private static final int ROUNDS = 5;
  private static final int SCRAPES = 200;
  private static final String MODEL = "openai/gpt-oss-120b";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ItemMeters items = new ItemMeters(registry);
  private final CallMeters calls = new CallMeters(registry, new Prices(""));
  private final ServiceMeters service = new ServiceMeters(registry);

  private HotPath() {}

  public static void main(String[] arguments) {
    HotPath path = new HotPath();
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < PACKS; i++) {
        path.pack(i);
      }
      long perRecord = (System.nanoTime() - start) / ((long) PACKS * PACK);
      System.out.printf("round %d: %d ns a record%n", round, perRecord);
    }
    long start = System.nanoTime();
    int length = 0;
    for (int i = 0; i < SCRAPES; i++) {
      length = path.registry.scrape().length();
    }
    System.out.printf(
        "scrape: %d us, %d bytes%n", (System.nanoTime() - start) / SCRAPES / 1_000, length);
  }

  /** One record of each pack is rejected and asked about again. */
  private void pack(int number) {
    Duration latency = Duration.ofMillis(100 + number % 400);
    calls.packed(MODEL, PACK);
    calls.called(MODEL, "answered", latency);
    calls.billed(MODEL, 2_000, 500, 900);
    service.committed("ledger", 1, Duration.ofMillis(3));
    for (int i = 1; i < PACK; i++) {
      items.succeeded(false);
      items.accepted(MODEL);
    }
    items.parked("reask");
    items.rejected(MODEL, List.of("category_invalid"), true);
    service.committed("outcomes", PACK, Duration.ofMillis(5));
    calls.packWritten(latency.plusMillis(10));
  }
}
