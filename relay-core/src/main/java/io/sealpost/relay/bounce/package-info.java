/**
 * Mail of our own: reports to senders about mail that failed or is late (RFC 3464 in RFC 6522), built, signed, ready to be stored.
 *
 * <p>Decides neither who is told nor when, stores nothing. Its words stand in {@code notice.properties}, one file a language.
 */
package io.sealpost.relay.bounce;
