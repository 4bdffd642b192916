package io.sealpost.account;

/** Whether an account may send as an address. */
public enum SendPermission {
    /** It may. */
    ALLOWED,
    /** The address belongs neither to the account nor to its senders. */
    NOT_A_SENDER,
    /** The account may, but the app password or device that it logged in with is bound to other senders. */
    NOT_OF_CREDENTIAL,
    /** The address would be the account's; its tenant has claimed the domain, whose records were not seen yet. */
    DOMAIN_NOT_PROVEN,
    /** The address would be the account's, but its tenant does not hold the domain (any more). */
    DOMAIN_NOT_HELD
}
