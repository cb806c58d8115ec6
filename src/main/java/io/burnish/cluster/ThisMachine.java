package io.burnish.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Identity of processes on Linux. Source: proc(5), read 2026-11. Empty on other systems. */
final class ThisMachine {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_IDS = Path.of("/proc/self/ns/pid");

  /** Index of the start time among the fields after the program's name; it is field 22 of all. */
  private static final int START = 22 - 3;

  private ThisMachine() {}

  /**
   * The boot of the machine and the process id namespace. Within these, a process id belongs to one
   * process at a time. Two containers on one machine differ in the namespace.
   */
  static Optional<String> identity() {
    try {
      return Optional.of(
          Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESS_IDS));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Start of a process, in clock ticks since the boot; empty when no process has this id. */
  static Optional<Long> started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The program's name is in brackets and may contain blanks and brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Long.parseLong(fields[START]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
