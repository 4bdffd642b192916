package io.sealpost.dkim;

import java.util.List;
import java.util.OptionalLong;

/**
 * A DKIM-Signature field that keeps the grammar (RFC 6376 §3.5).
 *
 * @param signer {@code d=}, {@code s=} and the domain of {@code i=}
 * @param algorithm {@code a=}
 * @param coverage what is signed
 * @param bodyHash {@code bh=}
 * @param signature {@code b=}
 * @param unsigned the field with {@code b=} emptied, without its CRLF
 * @param validity {@code t=} and {@code x=}
 */
@SuppressWarnings("ArrayRecordComponent") // Made once for one verification; nobody compares it.
record ReceivedSignature(
        Signer signer,
        SigningAlgorithm algorithm,
        Coverage coverage,
        byte[] bodyHash,
        byte[] signature,
        byte[] unsigned,
        Validity validity)
        implements SignatureReading {
    /**
     * Who signed.
     *
     * @param key domain and selector
     * @param agentDomain the domain of {@code i=}, that of the key or below
     */
    record Signer(KeyName key, String agentDomain) {}

    /**
     * What is signed.
     *
     * @param header canonicalisation of the header
     * @param body canonicalisation of the body, and how much of it
     * @param names {@code h=}, lower case
     */
    record Coverage(Canonicalization header, BodyForm body, List<String> names) {}

    /**
     * When it holds, in seconds of Unix time.
     *
     * @param signed {@code t=}; empty: not said
     * @param expires {@code x=}; empty: never
     */
    record Validity(OptionalLong signed, OptionalLong expires) {}
}
