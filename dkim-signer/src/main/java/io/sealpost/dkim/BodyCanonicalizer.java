package io.sealpost.dkim;

/** Takes a body in blocks of any size and feeds its canonical form to a digest. For one body; not thread-safe. */
interface BodyCanonicalizer {
    /** The next block: part of an array. */
    void update(byte[] block, int start, int end);

    /** After the last block: the hash ({@code bh=}). */
    byte[] finish();
}
