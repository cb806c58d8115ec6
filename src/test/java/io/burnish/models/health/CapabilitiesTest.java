package io.burnish.models.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.Sql;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.RequestField;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

  private static final String MODEL = "lab/first";

  private final HeldWrites states = new HeldWrites();
  private final Capabilities capabilities = new Capabilities(states, Clock.systemUTC());

  /** Reads the number of changes during each write, as a refresh does that starts then. */
  private static final class HeldWrites extends ModelStates {
    private @Nullable Capabilities read;
    private long before;

    HeldWrites() {
      super((Sql) null, settings());
    }

    @Override
    void saveRefusal(String model, RequestField field, String reason) {
      before = read.changes();
    }
  }

  private static ProviderConfig settings() {
    return new SmallRyeConfigBuilder()
        .withMapping(ProviderConfig.class)
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .withDefaultValue("burnish.provider.kind", "groq")
        .withDefaultValue("burnish.provider.base-url", "http://localhost:11434/v1")
        .withDefaultValue("burnish.provider.connect-timeout", "PT5S")
        .withDefaultValue("burnish.provider.read-timeout", "PT65S")
        .withDefaultValue("burnish.provider.max-response", "4M")
        .build()
        .getConfigMapping(ProviderConfig.class);
  }

  @Test
  void a_read_that_began_before_a_refusal_was_stored_does_not_undo_it() {
    states.read = capabilities;
    capabilities.leaveOut(MODEL, RequestField.TEMPERATURE, "no");

    capabilities.update(List.of(), states.before);

    assertThat(capabilities.leftOut(MODEL)).containsExactly(RequestField.TEMPERATURE);
  }

  @Test
  void a_read_that_began_after_the_last_change_counts() {
    states.read = capabilities;
    capabilities.leaveOut(MODEL, RequestField.TEMPERATURE, "no");

    capabilities.update(List.of(), capabilities.changes());

    assertThat(capabilities.leftOut(MODEL)).isEmpty();
  }
}
