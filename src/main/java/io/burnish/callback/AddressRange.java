package io.burnish.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation.
 *
 * @param first its bytes: 4, or 16
 * @param bits that all addresses of the range have in common
 */
record AddressRange(byte[] first, int bits) {

  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final int BITS_OF_BYTE = 8;

  /**
   * A range from its text; an address alone is a range of one.
   *
   * @throws IllegalArgumentException when it is malformed; the message says so
   */
  static AddressRange of(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length > 2 || !isAddress(parts[0])) {
      throw malformed(text);
    }
    byte[] first = bytes(parts[0]);
    int most = first.length * BITS_OF_BYTE;
    if (parts.length == 1) {
      return new AddressRange(first, most);
    }
    if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > most) {
      throw malformed(text);
    }
    return new AddressRange(first, Integer.parseInt(parts[1]));
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "\"%s\" is no address range such as 10.1.0.0/16 or fd00::/8".formatted(text));
  }

  /** Whether the text is an address, and no name: nothing is looked up. */
  static boolean isAddress(String text) {
    return V4.matcher(text).matches() || text.contains(":") && text.matches("[0-9a-fA-F:.]+");
  }

  /** The bytes as written: Java would turn an IPv4-mapped address into 4 bytes. */
  private static byte[] bytes(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return address.contains(":") ? wide(bytes) : bytes;
    } catch (UnknownHostException e) {
      throw malformed(address);
    }
  }

  private static byte[] wide(byte[] bytes) {
    if (bytes.length > 4) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, mapped, 12, bytes.length);
    return mapped;
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % BITS_OF_BYTE;
      if ((bytes[bit / BITS_OF_BYTE] & mask) != (first[bit / BITS_OF_BYTE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
