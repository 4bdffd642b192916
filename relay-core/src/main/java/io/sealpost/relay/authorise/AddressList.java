package io.sealpost.relay.authorise;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.authorise.AddressTokens.Gap;
import io.sealpost.relay.authorise.AddressTokens.Kind;
import io.sealpost.relay.authorise.AddressTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The grammar of an address list (RFC 5322 §3.4) over tokens, without its obsolete forms. */
final class AddressList {
    private final List<Token> tokens;
    private final List<EmailAddress> mailboxes = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private int at;

    private AddressList(List<Token> tokens) {
        this.tokens = tokens;
    }

    static AddressList read(List<Token> tokens) throws UnsafeField {
        AddressList list = new AddressList(tokens);
        list.addresses();
        return list;
    }

    /** The addresses themselves, members of groups included. */
    List<EmailAddress> mailboxes() {
        return mailboxes;
    }

    /** Names and comments, in which more addresses may be written. */
    List<String> texts() {
        return texts;
    }

    private void addresses() throws UnsafeField {
        do {
            List<Token> words = words();
            if (take(':')) {
                name(words);
                members();
            } else {
                mailbox(words);
            }
        } while (take(','));
        if (at < tokens.size()) {
            throw new UnsafeField("has a '" + tokens.get(at).text() + "' where none may stand");
        }
    }

    /** The inside of a group, up to its semicolon; it may be empty. */
    private void members() throws UnsafeField {
        List<Token> words = words();
        if (words.isEmpty() && take(';')) {
            return;
        }
        mailbox(words);
        while (take(',')) {
            mailbox(words());
        }
        if (!take(';') || !words().isEmpty()) {
            throw new UnsafeField("has a group that does not end where it should");
        }
    }

    private void mailbox(List<Token> words) throws UnsafeField {
        if (!take('<')) {
            mailboxes.add(address(words));
            return;
        }
        if (!words.isEmpty()) {
            name(words);
        }
        int start = at;
        while (at < tokens.size() && !tokens.get(at).isSpecial('>')) {
            at++;
        }
        List<Token> inside = tokens.subList(start, at);
        if (at == tokens.size() || tokens.get(at).before() == Gap.BLANK || startsWithBlank(inside)) {
            throw new UnsafeField("has blanks inside an address, or lacks a '>'");
        }
        mailboxes.add(address(inside));
        at++;
        if (!words().isEmpty()) {
            throw new UnsafeField("has words behind an address");
        }
    }

    private static boolean startsWithBlank(List<Token> inside) {
        return !inside.isEmpty() && inside.get(0).before() == Gap.BLANK;
    }

    /** Words and {@code @} up to the next other special; comments go to the texts. */
    private List<Token> words() {
        List<Token> words = new ArrayList<>();
        Gap gap = Gap.NONE;
        for (; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.kind() == Kind.COMMENT) {
                texts.add(token.text());
                gap = Gap.BLANK; // A comment parts words as a blank does.
            } else if (token.kind() == Kind.SPECIAL && !token.isSpecial('@')) {
                break;
            } else {
                words.add(gap == Gap.NONE ? token : new Token(token.kind(), token.text(), Gap.BLANK));
                gap = Gap.NONE;
            }
        }
        return words;
    }

    private boolean take(char special) {
        boolean there = at < tokens.size() && tokens.get(at).isSpecial(special);
        at += there ? 1 : 0;
        return there;
    }

    private void name(List<Token> words) throws UnsafeField {
        if (words.isEmpty() || words.stream().anyMatch(word -> word.kind() == Kind.SPECIAL)) {
            throw new UnsafeField("has an '@' in a name that is not quoted, or a group without a name");
        }
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(word.before() == Gap.BLANK ? " " : "").append(word.text()));
        texts.add(text.toString());
    }

    /** Exactly {@code local@domain}, with nothing between the parts. */
    private static EmailAddress address(List<Token> words) throws UnsafeField {
        boolean shaped = words.size() == 3
                && words.get(0).kind() != Kind.SPECIAL
                && words.get(0).kind() != Kind.COMMENT
                && words.get(1).isSpecial('@')
                && words.get(2).kind() == Kind.ATOM
                && words.get(1).before() == Gap.NONE
                && words.get(2).before() == Gap.NONE;
        if (!shaped) {
            throw new UnsafeField("is not a plain list of addresses as \"Name <name@example.org>\"");
        }
        String domain = words.get(2).text();
        return EmailAddress.tryParse(localPart(words.get(0)) + "@" + domain)
                .filter(address -> isSameToAll(domain, address.domain()))
                .orElseThrow(() -> new UnsafeField(
                        "has \"" + ForeignText.escape(words.get(0).text() + "@" + domain) + "\", which is no address"));
    }

    /** Plain where the quotes are not needed; quoted specials and encoded words in it are read in too many ways. */
    private static String localPart(Token word) throws UnsafeField {
        String local = word.text();
        boolean undecoded = local.indexOf('\uFFFD') >= 0;
        if (undecoded || local.contains("=?") || local.chars().anyMatch(c -> "<>@,;:()[]\\\"".indexOf(c) >= 0)) {
            throw new UnsafeField("has an address whose local part is quoted or encoded in an unsafe way");
        }
        if (word.kind() == Kind.ATOM) {
            return local;
        }
        boolean needsQuotes = local.isEmpty() || local.indexOf(' ') >= 0 || local.startsWith(".");
        return needsQuotes || local.endsWith(".") || local.contains("..") ? '"' + local + '"' : local;
    }

    /** A name that IDNA 2003 and 2008 map to different domains (as ß to ss) belongs to nobody for sure. */
    private static boolean isSameToAll(String given, MailDomain domain) {
        boolean ascii = given.chars().allMatch(c -> c < 0x80);
        return ascii || given.toLowerCase(Locale.ROOT).equals(domain.unicode());
    }
}
