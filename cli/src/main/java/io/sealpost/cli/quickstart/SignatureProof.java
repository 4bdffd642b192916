package io.sealpost.cli.quickstart;

/**
 * What an independent verifier says of one signature.
 *
 * @param algorithm {@code rsa-sha256} or {@code ed25519-sha256}
 * @param verifier who says it
 * @param holds whether the signature is right
 * @param detail selector and domain when it holds, else what is wrong
 */
record SignatureProof(String algorithm, String verifier, boolean holds, String detail) {}
