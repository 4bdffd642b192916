package io.sealpost.cli;

import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.KeyState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost dkim dns}. */
@Command(
        name = "dns",
        description = {
            "Prints the records that must stand in the DNS: those of all pending, active and retiring keys, or of the states that"
                    + " are given.",
            "A line for a zone file unless --format says otherwise; --json has the text in one piece."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim dns office.example",
            "  sealpost dkim dns office.example --format form",
            "  sealpost dkim dns office.example --state pending --json"
        })
final class DkimDns extends KeysOfDomain {
    private static final List<KeyState> PUBLISHED = List.of(KeyState.PENDING, KeyState.ACTIVE, KeyState.RETIRING);

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only keys in this state: pending, active, retiring; may be given again.")
    private List<KeyState> states = PUBLISHED;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "zone: one line of a zone file, its text in strings of 255;",
                "lines: the same, a string a line;",
                "quoted: the strings alone, for forms that want them in quotation marks;",
                "form: name, type and text apart and whole, for forms that split by themselves."
            })
    private Format format = Format.ZONE;

    @Mixin
    private JsonOption json;

    /** How records are written. */
    private enum Format {
        ZONE,
        LINES,
        QUOTED,
        FORM
    }

    DkimDns(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<DnsRecord> records = keys(administration, states).stream()
                .map(administration::recordOf)
                .toList();
        if (json.wanted()) {
            new Listing<DnsRecord>("")
                    .column("NAME", "name", DnsRecord::name)
                    .column("TYPE", "type", DnsRecord::type)
                    .column("VALUE", "value", DnsRecord::value)
                    .printJson(console(), records);
        } else {
            records.forEach(record -> console().print(written(record)));
        }
        return Sysexits.OK;
    }

    private String written(DnsRecord record) {
        if (!record.type().equals("TXT") && format != Format.FORM) { // An alias is neither split nor quoted.
            return ZoneLine.of(record.name(), record.type(), record.value());
        }
        List<String> strings = ZoneLine.strings(record.value());
        return switch (format) {
            case ZONE -> ZoneLine.of(record.name(), record.type(), record.value());
            case LINES -> record.name() + ". IN " + record.type() + " (\n    " + String.join("\n    ", strings) + "\n)";
            case QUOTED -> record.name() + "\n" + String.join(" ", strings);
            case FORM ->
                "name   " + within(record.name()) + "\n       (where the form does not add the domain: " + record.name()
                        + ")\ntype   " + record.type() + "\ntext   " + record.value() + "\n";
        };
    }

    /** The name as most forms want it: without the domain. */
    private String within(String name) {
        return name.substring(0, name.length() - domain().ascii().length() - 1);
    }
}
