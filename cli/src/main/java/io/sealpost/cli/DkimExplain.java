package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.explain.Explainer;
import io.sealpost.cli.explain.Explanation;
import io.sealpost.cli.explain.ExplanationText;
import io.sealpost.cli.explain.Subjects;
import io.sealpost.cli.wiring.Administration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost dkim explain}. */
@Command(
        name = "explain",
        description = {
            "Says why a mail is signed as it is, or is not: which domain and keys, what their records show now, and what a verifier says"
                    + " now.",
            "Exit code 0: a verifier takes the message as signed by the domain of its From, or mail from the address is signed; 65:"
                    + " not so."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim explain 06c1q2w3e4r5t",
            "  sealpost dkim explain anna@office.example",
            "  sealpost dkim explain \"<20261124.1@office.example>\"",
            "  sealpost dkim explain message.eml --json"
        })
final class DkimExplain extends AdministrationCommand {
    @Parameters(
            paramLabel = "WHAT",
            description =
                    "A queue id, a Message-ID, an address, a domain, or a file with a message; - for standard input.")
    private String what;

    @Mixin
    private JsonOption json;

    DkimExplain(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Explanation explained =
                new Explainer(administration).explain(new Subjects(administration, console()).find(what));
        if (json.wanted()) {
            console().json(ExplanationText.object(explained));
        } else {
            ExplanationText.lines(explained).forEach(console()::print);
        }
        return explained.isWell() ? Sysexits.OK : Sysexits.DATAERR;
    }
}
