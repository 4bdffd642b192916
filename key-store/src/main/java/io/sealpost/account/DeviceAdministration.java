package io.sealpost.account;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.util.List;

/**
 * Devices that cannot log in, for the commands: each is known by its network, its listener and its senders. Each change is committed
 * with its row in {@code audit} and in {@code change_feed} when the method returns. Every method throws {@link
 * io.sealpost.database.StoreUnavailable} when the database is away. Thread-safe.
 */
public interface DeviceAdministration {
    /** The widest networks that a device may be known by: /24 of IPv4, /64 of IPv6. */
    int MIN_PREFIX_V4 = 24;

    /** The same of IPv6. */
    int MIN_PREFIX_V6 = 64;

    /**
     * Adds a device.
     *
     * @param label what it is
     * @param bounds exactly one network and one listener, and the addresses that it sends as
     * @return refused: no such account; the network is too wide; a sender is not the account's, or another device of the network has it
     */
    Outcome<AppPassword> add(EmailAddress account, String label, CredentialBounds bounds);

    /** The devices of an account, oldest first. Refused: no such account. */
    Outcome<List<AppPassword>> list(EmailAddress account);

    /** Takes a device back, by its row; its sessions end. Refused: no such account, or it has no such device. */
    Outcome<AppPassword> revoke(EmailAddress account, long id);
}
