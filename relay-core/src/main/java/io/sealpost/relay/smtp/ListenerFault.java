package io.sealpost.relay.smtp;

/** A listener cannot be opened: its port, its certificate or its key is not usable. The message is one plain sentence. */
public final class ListenerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenerFault(String sentence) {
        super(sentence);
    }

    ListenerFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
