package io.sealpost.dkim;

/** How {@link DkimSigner#sign} ended. */
public sealed interface SigningResult {
    /**
     * Signed by every identity.
     *
     * @param fields DKIM-Signature fields, each with its CRLF, in the order of the identities: put them in front of the message
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on as it is; nobody compares it.
    record Signed(byte[] fields) implements SigningResult {}

    /**
     * Not signed by any.
     *
     * @param reason one plain sentence
     */
    record Unsignable(String reason) implements SigningResult {}
}
