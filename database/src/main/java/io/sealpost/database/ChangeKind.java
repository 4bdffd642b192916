package io.sealpost.database;

/** What a command changed; stored by name, so names stay. A node ignores a name that a newer release wrote. */
public enum ChangeKind {
    /** A tenant was added, disabled or changed; the subject is its id. */
    TENANT,
    /** An account, its password or its limits; the subject is its id. */
    ACCOUNT,
    /** An app password was made, changed or revoked; the subject is the account's id. */
    APP_PASSWORD,
    /** A right to send as somebody; the subject is the account's id. */
    SENDER,
    /** A domain was added or removed; the subject is its name. */
    DOMAIN,
    /** A key changed its state; the subject is the domain's name. */
    KEY,
    /** Deliveries are to be tried now; the subject is the message's id, or empty for many. */
    QUEUE_RETRY,
    /** Deliveries were held; the subject is the message's id, or empty for many. */
    QUEUE_HOLD,
    /** Deliveries were released; the subject is the message's id, or empty for many. */
    QUEUE_RELEASE,
    /** Deliveries were failed or dropped; the subject is the message's id, or empty for many. */
    QUEUE_END,
    /** Deliveries to a domain or site were suspended or resumed; the subject is its name. */
    SUSPENSION,
    /** Limits changed; the subject is what they bound. */
    LIMIT,
    /** The nodes are to read their settings and certificates again; the subject is empty, or one node's name. */
    RELOAD
}
