package io.burnish.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Linux tells of a process so that it can be known again. Source: proc(5), read 2026-11. Other
 * systems tell nothing.
 */
final class ThisMachine {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_IDS = Path.of("/proc/self/ns/pid");

  /** Of the fields behind the program's name, the one with the start: the 22nd of all. */
  private static final int START = 22 - 3;

  private ThisMachine() {}

  /**
   * The boot of the machine and the space of process ids: within these, a process id belongs to one
   * process at a time. Two containers on one machine differ in the second.
   */
  static Optional<String> identity() {
    try {
      return Optional.of(
          Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESS_IDS));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** When a process started, in clock ticks since the boot; empty when there is none of this id. */
  static Optional<Long> started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name before it is in brackets, and may have blanks and brackets in it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Long.parseLong(fields[START]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
