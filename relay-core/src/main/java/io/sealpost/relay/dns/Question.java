package io.sealpost.relay.dns;

import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * A name and a type, in class IN.
 *
 * @param name absolute; equality is without regard to case
 * @param type as in {@link org.xbill.DNS.Type}
 */
record Question(Name name, int type) {
    /** Empty when the text can be no name in the DNS: a label over 63 octets, 255 in all, an empty label. */
    static Optional<Question> of(String name, int type) {
        try {
            return Optional.of(new Question(Name.fromString(name, Name.root), type));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    Question at(Name other) {
        return new Question(other, type);
    }

    Message query() {
        return Message.newQuery(Record.newRecord(name, type, DClass.IN));
    }

    /** For the zone's own server: it is not to ask others for us (RD clear). */
    Message directQuery() {
        Message query = query();
        query.getHeader().unsetFlag(Flags.RD);
        return query;
    }
}
