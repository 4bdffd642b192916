package io.sealpost.relay.authorise;

/** Leaves the depth of the address grammar; never leaves {@link FromHeader#parse}, which makes a value of it. */
final class UnsafeField extends Exception {
    private static final long serialVersionUID = 1L;

    UnsafeField(String reason) {
        super(reason, null, false, false);
    }
}
