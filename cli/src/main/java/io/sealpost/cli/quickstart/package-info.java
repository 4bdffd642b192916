/**
 * {@code sealpost quickstart}: the whole way of one mail on this machine, proved and told on one screen.
 *
 * <p>Sends as any client would and verifies what arrived with code that is not our signer: jDKIM for RSA, Bouncy Castle over an
 * obvious reading of RFC 6376 and 8463 for Ed25519. Wires nothing itself: it gets a running relay and sandbox from {@code cli.wiring}.
 */
package io.sealpost.cli.quickstart;
