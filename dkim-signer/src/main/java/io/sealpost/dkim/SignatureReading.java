package io.sealpost.dkim;

/** What {@link SignatureReader} made of a DKIM-Signature field. */
sealed interface SignatureReading permits ReceivedSignature, Fault {}
