package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import java.io.IOException;

/** The connection is of no more use: refused, lost, too slow, unintelligible, or ended by the host. */
class BrokenConversation extends IOException {
    private final transient Stage stage;
    private final transient RemoteReply reply;

    /** {@code reply}: the host's last word, else ours with code 0. */
    BrokenConversation(Stage stage, RemoteReply reply) {
        super(reply.shown());
        this.stage = stage;
        this.reply = reply;
    }

    static BrokenConversation ownWords(Peer peer, Stage stage, String status, String sentence) {
        return new BrokenConversation(
                stage, RemoteReply.ownWords(peer.shown(), stage.command(), EnhancedStatus.of(status), sentence));
    }

    Stage stage() {
        return stage;
    }

    RemoteReply reply() {
        return reply;
    }
}
