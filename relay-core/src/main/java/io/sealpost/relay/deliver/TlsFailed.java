package io.sealpost.relay.deliver;

import io.sealpost.mail.RemoteReply;

/** The host took STARTTLS, and then no TLS session that works came of it. */
final class TlsFailed extends BrokenConversation {
    TlsFailed(RemoteReply reply) {
        super(Stage.STARTTLS, reply);
    }
}
