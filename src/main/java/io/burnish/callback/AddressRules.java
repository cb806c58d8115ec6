package io.burnish.callback;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses a callback may connect to: public ones, and those of the allowed ranges.
 * Otherwise a job's owner could reach what only the service can (server-side request forgery).
 * Immutable.
 *
 * <p>Source of the ranges: IANA IPv4 and IPv6 Special-Purpose Address Registries, read 2026-11.
 */
final class AddressRules {

  /** Not public, or carrying an IPv4 address that may not be. */
  private static final List<AddressRange> REFUSED =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "::ffff:0:0/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .stream()
          .map(AddressRange::of)
          .toList();

  private final List<AddressRange> allowedRanges = new ArrayList<>();
  private final List<String> allowedHosts = new ArrayList<>();

  /**
   * @param allowed hosts, addresses and ranges that are allowed besides public addresses
   * @throws IllegalArgumentException when a range is malformed
   */
  AddressRules(List<String> allowed) {
    for (String each : allowed) {
      String entry = each.strip();
      if (entry.contains("/") || AddressRange.isAddress(entry)) {
        allowedRanges.add(AddressRange.of(entry));
      } else if (!entry.isEmpty()) {
        allowedHosts.add(entry.toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Whether the host is allowed by its name, whatever its addresses. */
  boolean allowsHost(String host) {
    return allowedHosts.contains(host.toLowerCase(Locale.ROOT));
  }

  /** Whether the address is in an allowed range. */
  boolean allowsRange(InetAddress address) {
    return allowedRanges.stream().anyMatch(range -> range.contains(address));
  }

  /** Whether anybody may connect to the address. */
  boolean isPublic(InetAddress address) {
    return REFUSED.stream().noneMatch(range -> range.contains(address));
  }
}
