package io.burnish.callback;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges the addresses of callbacks: when a job is posted, and again at each try. Thread-safe. */
@Singleton
public class CallbackUrls {

  private static final int LONGEST = 2_000;

  private final AddressRules rules;
  private final Predicate<String> isSigned;

  @Inject
  CallbackUrls(CallbackConfig config, CallbackSecrets secrets) {
    this(config.allow().orElse(List.of()), secrets::has);
  }

  /**
   * @param allowed as {@link CallbackConfig#allow}
   * @param isSigned whether an owner has a secret
   */
  CallbackUrls(List<String> allowed, Predicate<String> isSigned) {
    this.rules = new AddressRules(allowed);
    this.isSigned = isSigned;
  }

  /**
   * Why no callback can go to a URL, as a sentence; empty when one can.
   *
   * @param owner of the job
   */
  public Optional<String> whyRefused(String url, String owner) {
    if (!isSigned.test(owner)) {
      return Optional.of(
          "callbacks need a secret to sign them: create one with POST /callback-secret, or set BURNISH_WEBHOOK_SECRET for the owner default");
    }
    try {
      URI target = parse(url);
      addressesOf(target);
      return Optional.empty();
    } catch (RefusedUrlException e) {
      return e.isUnknownHost() ? Optional.empty() : Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * The URL of a callback.
   *
   * @throws RefusedUrlException when it is malformed, or has no scheme for callbacks
   */
  static URI parse(String url) {
    URI target;
    try {
      target = new URI(url);
    } catch (URISyntaxException e) {
      throw new RefusedUrlException("is no URL: " + e.getReason());
    }
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    if (url.length() > LONGEST || !scheme.equals("https") && !scheme.equals("http")) {
      throw new RefusedUrlException(
          "must be an https URL of at most %,d characters".formatted(LONGEST));
    }
    if (target.getHost() == null || target.getRawUserInfo() != null) {
      throw new RefusedUrlException("must have a host, and no user or password");
    }
    if (target.getPort() == 0 || target.getPort() > 65_535) {
      throw new RefusedUrlException("has a port that does not exist");
    }
    return target;
  }

  /**
   * The addresses of the host, all of which may be connected to.
   *
   * @throws RefusedUrlException when one of them may not, or the host has none
   */
  List<InetAddress> addressesOf(URI target) {
    String host = host(target);
    List<InetAddress> addresses = resolve(host);
    if (rules.allowsHost(host)) {
      return addresses;
    }
    boolean plain = target.getScheme().equalsIgnoreCase("http");
    for (InetAddress address : addresses) {
      if (!rules.allowsRange(address) && (plain || !rules.isPublic(address))) {
        throw new RefusedUrlException(
            plain
                ? "must be an https URL; http only for hosts and address ranges of BURNISH_CALLBACK_ALLOW"
                : "leads to an address that is not public; allowed are only those of BURNISH_CALLBACK_ALLOW");
      }
    }
    return addresses;
  }

  /** The host without the brackets of an IPv6 address. */
  static String host(URI target) {
    return target.getHost().replaceAll("^\\[|]$", "");
  }

  private static List<InetAddress> resolve(String host) {
    try {
      return Arrays.asList(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw RefusedUrlException.unknownHost(host);
    }
  }
}
