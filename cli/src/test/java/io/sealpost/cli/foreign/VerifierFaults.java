package io.sealpost.cli.foreign;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Mails that a verifier gets wrong, each under the reason, while the others take our signatures on them. */
final class VerifierFaults {
    /** The message ends within its header (RFC 5322 §3.5 lets the body be missing). */
    private static final List<String> NO_BLANK_LINE = List.of(
            "enmime--header-only.eml",
            "no blank line",
            "phpmime--issue250.eml",
            "phpmime--m0124.eml",
            "rspamd--rcvd7.eml");

    private static final List<String> NOTHING_IN_THE_BODY = List.of(
            "a body of line ends only",
            "a body of white space only",
            "cpython--msg_18.eml",
            "flanker--false-multipart.eml",
            "no body",
            "rspamd--empty-plain-text.eml",
            "rspamd--from_comment.eml",
            "rspamd--from_dn_comment.eml",
            "rspamd--from_quoted_dn.eml",
            "rspamd--from_quoted_dn_middle_inner.eml",
            "rspamd--good_dkim_highsecure.eml",
            "rspamd--invalid_mid_allowed.eml",
            "rubymail--bad_date_header.eml",
            "rubymail--missing_body.eml",
            "stalwart-auth--emptybody-ed25519.eml",
            "stalwart-auth--emptybody.eml");

    private static final List<String> EIGHT_BIT_HEADER = List.of(
            "bytes of EUC-KR",
            "bytes of GB18030",
            "bytes of Shift_JIS",
            "bytes of windows-1251",
            "every byte from 128 to 255",
            "rubymail--invalid_subject_characters.eml",
            "rubymail--must_supply_encoding.eml",
            "stalwart--009.eml",
            "stalwart--010.eml",
            "stalwart--015.eml",
            "stalwart--016.eml",
            "stalwart--018.eml",
            "stalwart--022.eml",
            "stalwart--023.eml",
            "stalwart--026.eml",
            "stalwart--027.eml",
            "stalwart--050.eml",
            "stalwart--051.eml",
            "zbateson--github-102-01.eml",
            "zbateson--github-102-02.eml",
            "zbateson--invalid-charset.eml",
            "zbateson--m0001.eml",
            "zbateson--m0009.eml",
            "zbateson--m0023.eml",
            "zbateson--m4001.eml");

    private static final List<String> LONG_HEADER = List.of(
            "a header line of a megabyte that nobody signs",
            "a signed header line of a megabyte",
            "five thousand fields",
            "five thousand signed fields",
            "mimekit--stack-overflow.eml");

    private static final Map<String, List<List<String>>> FAULTS = Map.of(
            "jdkim",
                    List.of(
                            // It hashes the empty body as CRLF also where it is relaxed (RFC 6376 §3.4.4: as nothing).
                            NO_BLANK_LINE,
                            NOTHING_IN_THE_BODY,
                            // It reads header bytes through a charset.
                            EIGHT_BIT_HEADER,
                            // mime4j takes 1,000 fields and lines of 10,000 bytes.
                            LONG_HEADER),
            "mailauth",
                    List.of(
                            // It waits for the empty line: "message not signed".
                            NO_BLANK_LINE,
                            // It takes the byte A0 in a header for a blank (JavaScript's white space).
                            List.of("every byte from 128 to 255")),
            "opendkim",
                    List.of(
                            // An older signature of somebody else has a tag without "=": "Syntax error" ends the
                            // judging of all.
                            List.of(
                                    "an older signature that is malformed",
                                    "enmime--ctype-bug.eml",
                                    "jdkim--pmta_myspace.com.eml",
                                    "rspamd--dkim_many_sigs.eml",
                                    "rspamd--dkim_unknown_tags.eml"),
                            // It cuts a signed field after 64 KiB (it does not take dkimpy's signature over it either).
                            List.of("a signed header line of a megabyte", "mimekit--stack-overflow.eml"),
                            // It reads 4,095 bytes of h=.
                            List.of("five thousand signed fields")));

    private VerifierFaults() {}

    static Set<String> of(String verifier) {
        Set<String> all = new TreeSet<>();
        FAULTS.getOrDefault(verifier, List.of()).forEach(all::addAll);
        return all;
    }
}
