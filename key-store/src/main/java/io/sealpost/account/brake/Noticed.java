package io.sealpost.account.brake;

/**
 * What was noticed of one account since the last turn.
 *
 * @param messages accepted
 * @param recipients of them
 * @param refused recipients, by us or by their hosts
 */
public record Noticed(long messages, long recipients, long refused) {
    /** Nothing yet. */
    public static final Noticed NOTHING = new Noticed(0, 0, 0);

    Noticed plus(Noticed more) {
        return new Noticed(messages + more.messages, recipients + more.recipients, refused + more.refused);
    }
}
