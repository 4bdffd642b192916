package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import io.sealpost.relay.deliver.RemoteDelivery.FinalDotPermit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One mail transaction over an open connection: MAIL, RCPT, DATA, in one piece where the host takes them so (RFC 2920). Not
 * thread-safe; used once.
 *
 * <p>Whatever breaks on the way, every recipient gets a verdict. Once the final dot is on its way an answer that does not come means
 * "perhaps delivered": such a recipient is settled as deferred and tried nowhere else in this attempt.
 */
final class MailTransaction {
    private final SmtpConnection connection;
    private final Transmission transmission;
    private final MessageNeeds needs;
    private final FinalDotPermit permit;
    private final Map<Recipient, Verdict> verdicts = new LinkedHashMap<>();
    private final List<Recipient> accepted = new ArrayList<>();
    private boolean answered;
    private boolean dotSent;

    MailTransaction(SmtpConnection connection, Transmission transmission, MessageNeeds needs, FinalDotPermit permit) {
        this.connection = connection;
        this.transmission = transmission;
        this.needs = needs;
        this.permit = permit;
    }

    /**
     * Runs it and leaves the connection closed where it is of no more use.
     *
     * @return a verdict for each of the recipients
     * @throws StaleConnection when a kept connection turned out to be dead before anything was said about this message
     */
    Map<Recipient, Verdict> run(List<Recipient> recipients) throws StaleConnection {
        boolean kept = connection.mails() > 0;
        try {
            converse(recipients, kept);
        } catch (BrokenConversation e) {
            Optional<Verdict> heard = lastWord(e);
            connection.close();
            if (kept && !answered) {
                throw new StaleConnection(e.getMessage());
            }
            conclude(recipients, heard.orElseGet(() -> broken(e)));
        } catch (UnsendableContent e) {
            connection.close(); // Without the final dot the host throws away what it has.
            conclude(recipients, Verdict.settled(ownFault(e.getMessage())));
        } catch (RuntimeException | Error e) {
            connection.close(); // In the middle of something: whatever came next would be taken for its rest.
            throw e;
        }
        return verdicts;
    }

    private void converse(List<Recipient> recipients, boolean kept)
            throws BrokenConversation, UnsendableContent, StaleConnection {
        boolean pipelined = connection.capabilities().pipelining();
        Dialogue dialogue = new Dialogue(connection, pipelined);
        String reset = connection.isResetNeeded() ? MailCommands.RSET : "";
        connection.transactionBegins();
        dialogue.announce(reset, commands(recipients));
        if (!reset.isEmpty()) {
            dialogue.reset(reset);
        }
        RemoteReply mail = dialogue.exchange(Stage.MAIL, mailCommand(recipients));
        if (kept && mail.isTransient()) {
            connection.close(); // Perhaps it has had enough mail over this connection; a fresh one will tell.
            throw new StaleConnection(mail.shown());
        }
        answered = true;
        if (!mail.isPositive()) {
            conclude(recipients, Verdict.of(ReplyClassifier.classify(Stage.MAIL, mail)));
        }
        if (mail.isPositive() || pipelined) {
            offer(recipients, dialogue);
        }
        if (!accepted.isEmpty() || pipelined) {
            data(dialogue.exchange(Stage.DATA, MailCommands.DATA));
        }
    }

    private List<String> commands(List<Recipient> recipients) {
        List<String> commands = new ArrayList<>();
        commands.add(mailCommand(recipients));
        recipients.forEach(recipient -> commands.add(MailCommands.rcpt(recipient)));
        commands.add(MailCommands.DATA);
        return commands;
    }

    private String mailCommand(List<Recipient> recipients) {
        boolean declared = transmission.options().extensions().smtpUtf8();
        boolean useful = needs.header() == MessageNeeds.Bytes.EIGHT_BIT
                || recipients.stream().anyMatch(each -> MessageNeeds.needsSmtpUtf8(transmission, each));
        boolean asked = declared && useful && connection.capabilities().smtpUtf8();
        return MailCommands.mail(
                transmission,
                needs,
                asked ? MailCommands.SmtpUtf8.ASKED_FOR : MailCommands.SmtpUtf8.NOT_NEEDED,
                connection.capabilities());
    }

    /** After a refused MAIL the replies to pipelined RCPTs are read and mean nothing. */
    private void offer(List<Recipient> recipients, Dialogue dialogue) throws BrokenConversation {
        for (Recipient recipient : recipients) {
            RemoteReply reply = dialogue.exchange(Stage.RCPT, MailCommands.rcpt(recipient));
            if (verdicts.containsKey(recipient)) {
                confirmRefused(reply);
            } else if (reply.isPositive()) {
                accepted.add(recipient);
            } else {
                verdicts.put(recipient, refused(reply));
            }
        }
    }

    /** A host that refuses MAIL and then takes recipients is out of step: it must get no final dot from us. */
    private static void confirmRefused(RemoteReply reply) throws BrokenConversation {
        if (reply.isPositive()) {
            throw new BrokenConversation(Stage.RCPT, reply);
        }
    }

    /** RFC 5321 §4.5.3.1.10: whom the host found one too many may be offered in another transaction, if this one had any. */
    private Verdict refused(RemoteReply reply) {
        DeliveryOutcome outcome = ReplyClassifier.classify(Stage.RCPT, reply);
        boolean oneTooMany =
                !accepted.isEmpty() && outcome instanceof Deferred && ReplyClassifier.isTooManyRecipients(reply);
        return oneTooMany ? new Verdict(outcome, Verdict.Next.SAME_HOST) : Verdict.of(outcome);
    }

    private void data(RemoteReply reply) throws BrokenConversation, UnsendableContent {
        if (reply.code() != 354) {
            conclude(accepted, Verdict.of(ReplyClassifier.classify(Stage.DATA, reply)));
        } else if (accepted.isEmpty()) {
            // RFC 2920 §3.1: a host that says 354 with no valid recipient gets a lone dot, whatever it then answers.
            connection.write(Stage.DATA, ".\r\n");
            connection.read(Stage.END_OF_DATA);
            connection.transactionEnded();
        } else {
            send();
        }
    }

    private void send() throws BrokenConversation, UnsendableContent {
        DataWriter writer = new DataWriter(connection::writeBlock);
        try (InputStream message = MessageNeeds.whole(transmission)) {
            writer.write(message);
        } catch (BrokenConversation e) {
            throw e;
        } catch (IOException e) {
            throw new UnsendableContent("the stored message cannot be read", e);
        }
        if (!permit.granted()) {
            throw new UnsendableContent(
                    "the lease ran out, or a key of the signature went out of use, before the message was sent");
        }
        dotSent = true;
        writer.end();
        RemoteReply reply = connection.read(Stage.END_OF_DATA);
        conclude(accepted, Verdict.of(ReplyClassifier.classify(Stage.END_OF_DATA, reply)));
        connection.transactionEnded();
    }

    /** A host that ends the connection while we still send may have said why (552, say); that is an answer. */
    private Optional<Verdict> lastWord(BrokenConversation e) {
        boolean sending = e.stage() == Stage.DATA && e.reply().code() == 0;
        return sending
                ? connection
                        .lastWord(Stage.END_OF_DATA)
                        .filter(reply -> reply.isTransient() || reply.isPermanent())
                        .map(reply -> Verdict.of(ReplyClassifier.classify(Stage.END_OF_DATA, reply)))
                : Optional.empty();
    }

    private Verdict broken(BrokenConversation e) {
        if (dotSent) {
            DeliveryOutcome outcome = ReplyClassifier.classify(Stage.END_OF_DATA, e.reply());
            return e.reply().code() == 0 ? Verdict.settled(outcome) : Verdict.of(outcome);
        }
        return Verdict.of(ReplyClassifier.classify(e.stage(), e.reply()));
    }

    private Deferred ownFault(String sentence) {
        RemoteReply reply = RemoteReply.ownWords(
                connection.peer().shown(), Stage.DATA.command(), EnhancedStatus.of("4.3.0"), sentence);
        return new Deferred(reply, Reason.INTERNAL);
    }

    /** Where there is a verdict already it stands: a refused recipient is not brought back by what came later. */
    private void conclude(List<Recipient> recipients, Verdict verdict) {
        recipients.forEach(recipient -> verdicts.putIfAbsent(recipient, verdict));
    }
}
