package io.sealpost.cli.doctor;

import io.sealpost.mail.IpNetwork;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * As much of an SPF record as can be said without asking further (RFC 7208 §5): its networks, what it says of all others, and the terms
 * that lead elsewhere.
 *
 * @param networks those that may send, of {@code ip4} and {@code ip6}
 * @param elsewhere {@code a}, {@code mx}, {@code include}, {@code exists}, {@code redirect} as written, those that let pass
 * @param all the qualifier of {@code all}: {@code +}, {@code -}, {@code ~}, {@code ?}; "" where there is none
 */
record SpfRecord(List<IpNetwork> networks, List<String> elsewhere, String all) {
    private static final String VERSION = "v=spf1";

    SpfRecord {
        networks = List.copyOf(networks);
        elsewhere = List.copyOf(elsewhere);
    }

    static boolean isOne(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals(VERSION) || lower.startsWith(VERSION + " ");
    }

    /** Throws IllegalArgumentException with a plain sentence for a term that is none. */
    static SpfRecord parse(String text) {
        List<IpNetwork> networks = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        String all = "";
        for (String term : text.toLowerCase(Locale.ROOT)
                .substring(VERSION.length())
                .strip()
                .split(" +")) {
            boolean qualified = term.matches("[+?~-].*");
            String mechanism = qualified ? term.substring(1) : term;
            boolean passes = !qualified || term.startsWith("+");
            if (mechanism.equals("all")) {
                all = qualified ? term.substring(0, 1) : "+";
            } else if (mechanism.matches("ip[46]:.*")) {
                IpNetwork network = IpNetwork.parse(mechanism.substring(4));
                if (passes) {
                    networks.add(network);
                }
            } else if (mechanism.matches("(a|mx)([:/].*)?|(include|exists):.*|redirect=.*")) {
                if (passes) {
                    elsewhere.add(mechanism);
                }
            } else if (!mechanism.isEmpty() && !mechanism.matches("ptr(:.*)?|[a-z][a-z0-9._-]*=.*")) {
                throw new IllegalArgumentException("\"" + term + "\" is no term of SPF");
            }
        }
        return new SpfRecord(networks, elsewhere, all);
    }

    /** The hosts whose addresses may send, of plain {@code a} terms; {@code domain} is whose record it is. */
    List<String> hosts(String domain) {
        return elsewhere.stream()
                .filter(term -> term.matches("a(:[a-z0-9._-]+)?"))
                .map(term -> term.equals("a") ? domain : term.substring(2))
                .toList();
    }

    /** Whether a network of its own has the address; false says nothing where there are terms that lead elsewhere. */
    boolean names(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
