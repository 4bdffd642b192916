package io.sealpost.account.guessing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealpost.account.GuessingBrake;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.brake.ClientNetwork;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Failures by address, network and name, of this node. A wrong password that is tried again and again, as a device does that nobody
 * told of the new one, counts once. The name slows nobody down who comes from a network that the account has logged in from: a
 * stranger cannot lock its owner out. Thread-safe.
 */
public final class GuessTable implements GuessingBrake {
    private static final String MAC = "HmacSHA256";

    private final GuessLimits limits;
    private final KnownNetworks known;
    private final LongSupplier ticker;
    private final Cache<Key, Failures> failures;
    private final Cache<ByteBuffer, Boolean> tried;
    private final SecretKeySpec key;
    private final LongAdder failed = new LongAdder();
    private final LongAdder braked = new LongAdder();
    private volatile Mode mode;

    /** {@code [limits] login_brake}. */
    public enum Mode {
        /** Guessing is slowed down. */
        ON,
        /** It is counted only. */
        OFF
    }

    private enum Kind {
        ADDRESS,
        NETWORK,
        NAME
    }

    private record Key(Kind kind, String of) {}

    /** Which networks an account has logged in from. */
    public interface KnownNetworks {
        /** Whether it has, lately. */
        boolean knows(long account, ClientNetwork network);
    }

    /** {@code ticker} counts nanoseconds, as {@link System#nanoTime}. */
    public GuessTable(GuessLimits limits, KnownNetworks known, LongSupplier ticker, Mode mode) {
        this.limits = limits;
        this.known = known;
        this.ticker = ticker;
        this.mode = mode;
        this.failures = table(limits);
        this.tried = table(limits);
        byte[] random = new byte[32]; // Of this process: what was tried cannot be found out from a dump of another.
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
    }

    private <K, V> Cache<K, V> table(GuessLimits of) {
        return Caffeine.newBuilder()
                .maximumSize(of.entries())
                .expireAfterWrite(of.forgotten())
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** From now on. */
    public void use(Mode changed) {
        mode = changed;
    }

    @Override
    public Optional<Duration> braked(LoginAttempt attempt, OptionalLong account) {
        if (mode == Mode.OFF) {
            return Optional.empty();
        }
        Duration wait = longest(ofClient(attempt.client()));
        if (wait.isZero()) {
            wait = longest(List.of(ofName(attempt.name())));
            if (!wait.isZero() && isFromHome(attempt, account)) {
                wait = Duration.ZERO;
            }
        }
        if (wait.isZero()) {
            return Optional.empty();
        }
        braked.increment();
        return Optional.of(wait);
    }

    private boolean isFromHome(LoginAttempt attempt, OptionalLong account) {
        return account.isPresent() && known.knows(account.getAsLong(), ClientNetwork.of(attempt.client()));
    }

    private Duration longest(Collection<Key> keys) {
        long now = ticker.getAsLong();
        return keys.stream()
                .map(each -> Optional.ofNullable(failures.getIfPresent(each)).orElse(Failures.NONE))
                .map(each -> each.left(now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public void failed(LoginAttempt attempt) {
        failed.increment();
        ByteBuffer what = ByteBuffer.wrap(fingerprint(attempt.name(), attempt.password()));
        if (tried.asMap().putIfAbsent(what, true) != null) {
            return;
        }
        long now = ticker.getAsLong();
        Stream.concat(ofClient(attempt.client()).stream(), Stream.of(ofName(attempt.name())))
                .forEach(each -> failures.asMap()
                        .merge(
                                each,
                                Failures.NONE.more(free(each), limits, now),
                                (before, first) -> before.more(free(each), limits, now)));
    }

    private int free(Key of) {
        return switch (of.kind()) {
            case ADDRESS -> limits.ofAddress();
            case NETWORK -> limits.ofNetwork();
            case NAME -> limits.ofName();
        };
    }

    private static List<Key> ofClient(InetAddress client) {
        return List.of(
                new Key(Kind.ADDRESS, client.getHostAddress()),
                new Key(Kind.NETWORK, ClientNetwork.of(client).text()));
    }

    private static Key ofName(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return new Key(Kind.NAME, folded.substring(0, Math.min(320, folded.length())));
    }

    private byte[] fingerprint(String name, Secret password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + MAC, impossible);
        }
    }

    /** Failed tries, and tries that were told to wait, since the last call; for the log. */
    public Counts takeCounts() {
        return new Counts(failed.sumThenReset(), braked.sumThenReset());
    }

    /**
     * How much was guessed.
     *
     * @param failed tries with a wrong password or an unknown name
     * @param braked tries that were told to wait, unseen
     */
    public record Counts(long failed, long braked) {}
}
