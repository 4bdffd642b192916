package io.sealpost.account.limit;

/** What MAIL is answered. */
public sealed interface Admission {
    /** One message is counted for it. */
    record Admitted(Allowance allowance) implements Admission {}

    /** Not now. */
    record Exhausted(OverLimit over) implements Admission {}
}
