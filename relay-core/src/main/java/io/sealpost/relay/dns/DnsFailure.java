package io.sealpost.relay.dns;

/** Why a look-up gave no usable answer. All of them are temporary. */
public enum DnsFailure {
    /** The server could not find out; an answer that failed DNSSEC validation says this too. */
    SERVFAIL,
    /** The server does not answer us. */
    REFUSED,
    /** No answer in time. */
    TIMEOUT,
    /** The server cannot be reached. */
    UNREACHABLE,
    /** The answer cannot be read, or belongs to another question. */
    MALFORMED,
    /** The server sent us on to other servers, so it neither knows nor asks for us. */
    LAME,
    /** Aliases in a circle, or too many of them. */
    ALIASES,
    /** Another response code. */
    OTHER
}
