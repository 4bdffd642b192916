package io.sealpost.keys;

/** What a data key is for; stored by name, so names stay. */
public enum KeyPurpose {
    /** Seals private DKIM keys. */
    DKIM("dkim"),
    /** Makes the codes by which app passwords are found. */
    APP_PASSWORD("app-password");

    private final String stored;

    KeyPurpose(String stored) {
        this.stored = stored;
    }

    /** The value of the column {@code purpose}. */
    public String stored() {
        return stored;
    }
}
