package io.sealpost.database;

import io.sealpost.mail.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the database is and how it is entered.
 *
 * @param url {@code jdbc:mariadb://host:port/schema}; of several hosts, as {@code jdbc:mariadb://one,two:3307/schema}, one is used at a time:
 *     the first that takes writes, until it no longer does ({@code sequential:} may be said before {@code //} and means the same). Of the
 *     driver's options only those of TLS may follow ({@code ?serverSslCert=/etc/ssl/database-ca.pem}). Beyond this machine the server
 *     must prove itself: by a certificate that {@code serverSslCert} or the system's store vouches for, or from MariaDB 11.4 on by
 *     the password, with nothing set
 * @param user the account of MariaDB
 * @param password its password
 * @param poolSize connections at most; 1 or more
 */
public record DatabaseSettings(String url, String user, Secret password, int poolSize) {
    private static final Pattern URL = Pattern.compile("jdbc:mariadb:(?:sequential:)?//([^/?]+)/([^/?]+)(?:\\?(.*))?");
    private static final Set<String> OPTIONS = Set.of(
            "sslMode",
            "serverSslCert",
            "trustStore",
            "trustStorePassword",
            "trustStoreType",
            "enabledSslProtocolSuites");
    private static final Set<String> PROVING = Set.of("verify-full", "verify-ca");
    private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127(?:\\.\\d+){3}|\\[::1])(?::\\d+)?");

    /** Throws IllegalArgumentException with a plain sentence for what does not fit. */
    public DatabaseSettings {
        Objects.requireNonNull(user, "user is null");
        Objects.requireNonNull(password, "password is null");
        if (poolSize < 1) {
            throw new IllegalArgumentException("the database's pool needs one connection or more, not " + poolSize);
        }
        Matcher parts = parts(url);
        for (String option : options(parts)) {
            if (!OPTIONS.contains(option.replaceFirst("=.*", ""))) {
                throw new IllegalArgumentException(
                        "the database's url may carry options of TLS only, not " + option.replaceFirst("=.*", ""));
            }
        }
        if (!isOnThisMachine(parts) && !PROVING.contains(sslMode(parts))) {
            throw new IllegalArgumentException("the database's url turns off the check of who the server is (sslMode="
                    + sslMode(parts) + "), which is allowed on this machine only; leave sslMode out"
                    + " and, for MariaDB before 11.4, name its CA: ?serverSslCert=/path/to/ca.pem");
        }
    }

    /** The schema that the url names. */
    public String schema() {
        return parts(url).group(2);
    }

    /** One for each host that the url names, in its order. */
    List<DatabaseSettings> hosts() {
        Matcher parts = parts(url);
        String rest = url.substring(parts.end(1));
        return List.of(parts.group(1).split(",")).stream()
                .map(host -> new DatabaseSettings(
                        "jdbc:mariadb://" + host + withSslMode(rest, sslMode(parts)), user, password, poolSize))
                .toList();
    }

    /** Of a list with hosts here and elsewhere, those here too are asked for what all must prove. */
    private static String withSslMode(String rest, String mode) {
        boolean said = rest.contains("?sslMode=") || rest.contains("&sslMode=");
        return said ? rest : rest + (rest.contains("?") ? "&" : "?") + "sslMode=" + mode;
    }

    /** The same with another schema of the same server. */
    public DatabaseSettings withSchema(String schema) {
        Matcher parts = parts(url);
        String other = url.substring(0, parts.start(2)) + schema + url.substring(parts.end(2));
        return new DatabaseSettings(other, user, password, poolSize);
    }

    /** The same with another size of the pool. */
    public DatabaseSettings withPoolSize(int connections) {
        return new DatabaseSettings(url, user, password, connections);
    }

    /** What the url says, or none within this machine, or TLS with the server's certificate and name checked. */
    String sslMode() {
        return sslMode(parts(url));
    }

    private static String sslMode(Matcher parts) {
        for (String option : options(parts)) {
            if (option.startsWith("sslMode=")) {
                return option.substring("sslMode=".length());
            }
        }
        return isOnThisMachine(parts) ? "disable" : "verify-full";
    }

    private static boolean isOnThisMachine(Matcher parts) {
        return List.of(parts.group(1).split(",")).stream()
                .allMatch(host -> LOOPBACK.matcher(host).matches());
    }

    private static Matcher parts(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the database's url is not of the form jdbc:mariadb://host:port/schema: "
                    + url.replaceFirst("\\?.*", "")); // Behind it stands a password, for other drivers.
        }
        return matcher;
    }

    private static List<String> options(Matcher parts) {
        return parts.group(3) == null ? List.of() : List.of(parts.group(3).split("&"));
    }
}
