package io.sealpost.relay.deliver;

import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words by which receivers say what the trouble is, where codes do not. The first that fits counts. Pure. */
final class ReplyWords {
    /** Addresses in a reply say nothing about the trouble, even where one is called spam@. */
    private static final Pattern ADDRESS = Pattern.compile("<[^>]{0,320}>|[^\\s@<>]{1,64}@[^\\s@<>]{1,255}");

    private static final List<Words> WORDS = List.of(
            say(Reason.GREYLISTED, "gr[ae]y[- ]?list|postgrey|try again in \\d+ (seconds|minutes)"),
            say(
                    Reason.TLS,
                    "must issue a starttls|tls (is )?required|requires? (tls|encryption)|encryption (is )?(needed|required)"
                            + "|(over a|use) (tls|ssl)|tlsa-invalid|certificate[- ](expired|host|validation|mismatch)"),
            say( // Before the rates: these replies say "rate limited because" and mean what stands behind it.
                    Reason.POLICY,
                    "unauthenticated|to authenticate (with|their)|(did|does)(n't| not) pass|aligned with"
                            + "|unresolvable .{0,20}from domain"),
            say(Reason.UNREACHABLE, "mail loop|too many hops|hop count exceeded|is looping|exceeded \\d+ hops"),
            say(
                    Reason.RATE,
                    "rate[- ]?limit|too (many|much) (messages|mails?|emails?|connections|concurrent|sessions|recipients)"
                            + "|too (quickly|fast)|throttl|unusual(ly high)? rate|sending rate|limit exceeded|temporarily deferred"
                            + "|receiving (mail|messages|email) at a rate|frequency limited|(excessive|unexpected) volume"
                            + "|threshold exceeded|max(imum)? messages? per (connection|session)|hourly|per (hour|day|minute)|exceeded .{0,40}(rate|limit)"),
            say(
                    Reason.CONTENT,
                    "virus|malware|infected|attachment|message (size|too (big|large))|size (limit|exceed)|exceeds? .{0,30}size"
                            + "|maximum message|line (length|too long)|malformed|header (field|line)|from: header"
                            + "|content (denied|rejected)|message-id|5322|not a valid .{0,20}message"),
            say(
                    Reason.POLICY,
                    "spam|\\bbl(a|o)ck|\\brbl\\b|dnsbl|reputation|\\bspf\\b|\\bdmarc\\b|\\bdkim\\b|unauthenticated|unsolicited|polic(y|ies)"
                            + "|banned|\\bptr\\b|reverse dns|rdns|reverse hostname|sender verif|verify failed"
                            + "|not (allowed|permitted|authori[sz]ed)|relay(ing)? (access )?denied|relay not|prohibited|suspicious"
                            + "|complaint|dynamic ip|from: domain|authorized user|sender (address )?(rejected|denied)|listed (at|in|by|on)"),
            say(
                    Reason.MAILBOX,
                    "quota|mailbox (is )?(full|over)|mailbox size|(exceeded|over|out of) .{0,20}storage|insufficient .{0,20}storage"
                            + "|storage limit|inbox is full|mailbox (is )?(disabled|inactive|locked)|(account|user|mailbox).{0,30}(disabled|inactive|suspended|blocked)"),
            say(
                    Reason.UNKNOWN_RECIPIENT,
                    "(user|recipient|mailbox|address|account|addressee).{0,40}(unknown|not (found|exist|known|available|listed)"
                            + "|doesn't (exist|have)|does not exist|unavailable|invalid|undeliverable|unrouteable)"
                            + "|(unknown|invalid|no such|unrouteable|nonexistent|non-existent) (local )?"
                            + "(user|recipient|mailbox|address|account|person|destination|domain)"
                            + "|no longer (valid|on server|active|exists)|recipient rejected"
                            + "|no mailbox|not our customer|user unknown|recipnotfound|recipient address rejected"));

    private ReplyWords() {}

    /** Empty when none of the words is there. */
    static Optional<Reason> reason(String text) {
        String bare = ADDRESS.matcher(text).replaceAll(" ");
        return WORDS.stream()
                .filter(words -> words.pattern.matcher(bare).find())
                .map(Words::reason)
                .findFirst();
    }

    private static Words say(Reason reason, String words) {
        return new Words(reason, Pattern.compile(words, Pattern.CASE_INSENSITIVE));
    }

    private record Words(Reason reason, Pattern pattern) {}
}
