package io.sealpost.dkim;

/**
 * Why a signature cannot pass, found before any hash.
 *
 * @param kind for the verdict
 * @param detail for the verdict
 */
record Fault(Verdict.Kind kind, String detail) implements SignatureReading, KeyReading {}
