package io.sealpost.cli;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.doctor.Doctor;
import io.sealpost.cli.doctor.Doctor.Entry;
import io.sealpost.cli.doctor.Level;
import io.sealpost.cli.doctor.Patient;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at settings, database, keys, certificate, listeners, queue, DNS and the way out, and says what to do.",
            "With a domain: at that domain's keys and records. Ends with 0 without a problem, else with 69; changes nothing."
        },
        footerHeading = "%nExample:%n",
        footer = {"  sealpost doctor", "  sealpost doctor office.example --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final String NO_PROBE = "none";
    private static final String BELOW = " ".repeat(22) + "-> ";

    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Mixin
    private JsonOption json;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DOMAIN", description = "A domain that is sent for.")
    private Optional<MailDomain> domain = Optional.empty();

    @Option(
            names = "--probe",
            paramLabel = "DOMAIN",
            defaultValue = "gmail.com",
            description =
                    "To whose mail hosts a connection is opened, no mail sent (default: ${DEFAULT-VALUE}); none: to nobody's.")
    private String probe;

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<MailDomain> probed = probe.equals(NO_PROBE)
                ? Optional.empty()
                : Optional.of(MailDomain.tryParse(probe)
                        .orElseThrow(() -> new Fault(
                                Sysexits.USAGE, "\"" + ForeignText.escape(probe) + "\" is not a domain name")));
        Path file = context.settingsFile(config.file());
        LoadedSettings loaded = context.load(file);
        Doctor doctor = new Doctor(json.wanted() ? new Silent() : new Screen(context.console()));
        boolean well =
                doctor.examine(file, loaded, domain, settings -> Patient.of(settings, probed, context.console()::note));
        if (json.wanted()) {
            listing().printJson(context.console(), doctor.entries());
        } else {
            context.console().print("\n" + conclusion(doctor));
        }
        return well ? Sysexits.OK : Sysexits.UNAVAILABLE;
    }

    private static String conclusion(Doctor doctor) {
        long problems = doctor.count(Level.PROBLEM);
        long warnings = doctor.count(Level.WARNING);
        return problems
                + (problems == 1 ? " problem, " : " problems, ")
                + warnings
                + (warnings == 1 ? " warning." : " warnings.");
    }

    private static Listing<Entry> listing() {
        return new Listing<Entry>("")
                .column("LEVEL", "level", entry -> entry.finding().level().shown())
                .column("CHECK", "check", Entry::check)
                .column("FINDING", "finding", entry -> entry.finding().sentence())
                .column("WHAT TO DO", "remedy", entry -> entry.finding().remedy());
    }

    /** A line a finding, what to do below it. */
    private record Screen(Console console) implements Doctor.Telling {
        @Override
        public void found(Entry entry) {
            String level = entry.finding().level() == Level.PROBLEM
                    ? "PROBLEM"
                    : entry.finding().level().shown();
            console.print(String.format(
                    Locale.ROOT,
                    "%-8s %-11s  %s",
                    level,
                    entry.check(),
                    entry.finding().sentence()));
            if (!entry.finding().remedy().isEmpty()) {
                console.print(BELOW + entry.finding().remedy());
            }
        }

        @Override
        public void slow(String check) {
            console.note("... " + check + " takes its time");
        }
    }

    private static final class Silent implements Doctor.Telling {
        @Override
        public void found(Entry entry) {
            // Printed at the end.
        }

        @Override
        public void slow(String check) {
            // Scripts wait.
        }
    }
}
