package io.sealpost.account.limit;

/** Whose sending is counted together. */
public enum Scope {
    /** One account. */
    ACCOUNT("account", "This account"),
    /** One app password. */
    APP_PASSWORD("app", "This app password"),
    /** All accounts of one domain. */
    DOMAIN("domain", "The domain of this account"),
    /** All accounts of one tenant. */
    TENANT("tenant", "The tenant of this account");

    private final String stored;
    private final String words;

    Scope(String stored, String words) {
        this.stored = stored;
        this.words = words;
    }

    /** How a subject in {@code usage} begins. */
    public String stored() {
        return stored;
    }

    /** How a sentence to the client begins. */
    String words() {
        return words;
    }
}
