package io.burnish.api.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.access.caller.KeyLimits;
import io.burnish.access.caller.Role;
import io.burnish.access.key.NewKey;
import io.burnish.api.input.CommandFields;
import io.burnish.record.IsoTime;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the key that is to be created. */
final class KeyCommand {

  private static final Set<String> ROLES =
      Arrays.stream(Role.values()).map(Role::word).collect(Collectors.toCollection(TreeSet::new));

  private static final List<String> FIELDS =
      List.of("name", "role", "owner", "expiresAt", "limits", "directories");

  private static final int MOST_DIRECTORIES = 50;

  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");
  private static final Pattern OWNER = Pattern.compile("(?!\\*$)[\\x21-\\x7E]{1,200}");

  private KeyCommand() {}

  static NewKey of(ObjectNode body, Clock clock) {
    CommandFields fields = new CommandFields(body, FIELDS);
    String name = required(fields, "name", NAME, "must have 1 to 200 printable characters");
    String role = fields.word("role", ROLES);
    if (role == null) {
      fields.refuse("role", "is missing; known are " + String.join(", ", ROLES));
    }
    String owner =
        required(
            fields, "owner", OWNER, "must have 1 to 200 visible ASCII characters, and not be *");
    Instant expiresAt = expiresAt(fields, clock.instant());
    KeyLimits limits = KeyLimitsBody.read(fields);
    List<String> directories = fields.texts("directories", MOST_DIRECTORIES);
    if (!directories.stream().allMatch(KeyCommand::isDirectory)) {
      fields.refuse("directories", "must be paths below the data directory, without ..");
    }
    fields.throwIfAny();
    return new NewKey(
        name,
        Role.of(String.valueOf(role)).orElse(Role.READ),
        owner,
        limits,
        directories,
        expiresAt);
  }

  private static String required(
      CommandFields fields, String field, Pattern allowed, String message) {
    String text = fields.text(field);
    if (text == null) {
      fields.refuse(field, "is missing; " + message);
      return "";
    }
    if (!text.isBlank() && !allowed.matcher(text).matches()) {
      fields.refuse(field, message);
    }
    return text;
  }

  private static @Nullable Instant expiresAt(CommandFields fields, Instant now) {
    String text = fields.text("expiresAt");
    if (text == null) {
      return null;
    }
    Instant time = IsoTime.parse(text).orElse(null);
    if (time == null) {
      fields.refuse("expiresAt", "must be a time in ISO 8601, such as 2027-11-27T12:00:00Z");
    } else if (!time.isAfter(now)) {
      fields.refuse("expiresAt", "must be in the future");
    }
    return time;
  }

  /** Whether a path is relative, without {@code ..}, and not the whole data directory. */
  private static boolean isDirectory(String path) {
    try {
      Path normal = Path.of(path).normalize();
      return !normal.isAbsolute() && !normal.startsWith("..") && !normal.toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
