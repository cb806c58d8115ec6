package io.burnish.api.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.access.caller.KeyLimits;
import io.burnish.api.input.CommandFields;
import io.burnish.intake.BudgetReader;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the limits of a key that is to be created. */
final class KeyLimitsBody {

  private static final List<String> FIELDS =
      List.of("openJobs", "records", "bodyBytes", "costPerDay", "requestsPerSecond");

  private final CommandFields fields;
  private final JsonNode limits;

  private KeyLimitsBody(CommandFields fields) {
    this.fields = fields;
    this.limits = fields.value("limits");
  }

  static KeyLimits read(CommandFields fields) {
    return new KeyLimitsBody(fields).read();
  }

  private KeyLimits read() {
    if (limits.isMissingNode() || limits.isNull()) {
      return KeyLimits.NONE;
    }
    if (!limits.isObject()) {
      fields.refuse("limits", "must be an object; known are " + String.join(", ", FIELDS));
      return KeyLimits.NONE;
    }
    for (Iterator<String> names = limits.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        fields.refuse(
            "limits." + name, "there is no such field; known are " + String.join(", ", FIELDS));
      }
    }
    return new KeyLimits(
        number("openJobs", KeyLimits.MOST),
        number("records", KeyLimits.MOST),
        bytes(),
        cost(),
        number("requestsPerSecond", KeyLimits.MOST));
  }

  private @Nullable Integer number(String name, long most) {
    JsonNode value = limits.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 1
        || value.asLong() > most) {
      fields.refuse("limits." + name, "must be a whole number from 1 to %,d".formatted(most));
      return null;
    }
    return value.asInt();
  }

  private @Nullable Long bytes() {
    Integer bytes = number("bodyBytes", KeyLimits.MOST);
    return bytes == null ? null : bytes.longValue();
  }

  private @Nullable BigDecimal cost() {
    JsonNode value = limits.path("costPerDay");
    return value.isMissingNode() || value.isNull()
        ? null
        : BudgetReader.cost(value, why -> fields.refuse("limits.costPerDay", why)).orElse(null);
  }
}
