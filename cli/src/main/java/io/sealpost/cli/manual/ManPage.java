package io.sealpost.cli.manual;

import io.sealpost.cli.console.Sysexits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a page of section 1 for a command, in the macros of man(7). */
final class ManPage {
    private static final Map<Integer, String> ENDS = ends();

    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The file's name: {@code sealpost-queue-list.1}. */
    static String fileName(CommandSpec of) {
        return of.qualifiedName("-") + ".1";
    }

    /** The page; {@code version} stands in its footer. */
    static String of(CommandSpec command, String version) {
        ManPage page = new ManPage(command);
        page.line(".TH \"" + Roff.text(command.qualifiedName("-").toUpperCase(Locale.ROOT)) + "\" 1 \"\" \"Sealpost "
                + Roff.text(version) + "\" \"Sealpost Manual\"");
        page.line(".nh").line(".ad l"); // Neither hyphens nor stretched lines in what people copy.
        page.head();
        page.arguments();
        page.examples();
        page.ending();
        return page.page.toString();
    }

    private ManPage line(String roff) {
        page.append(roff).append('\n');
        return this;
    }

    private void head() {
        line(".SH NAME");
        line(Roff.text(command.qualifiedName("-")) + " \\- " + Roff.text(Commands.summary(command)));
        line(".SH SYNOPSIS");
        String synopsis = new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip();
        String name = command.qualifiedName();
        line("\\fB" + Roff.text(name) + "\\fR" + Roff.text(synopsis.substring(name.length())));
        line(".SH DESCRIPTION");
        line(Roff.text(Commands.description(command)));
    }

    private void arguments() {
        List<CommandSpec> subcommands = Commands.subcommands(command).toList();
        if (!subcommands.isEmpty()) {
            line(".SH COMMANDS");
            subcommands.forEach(
                    one -> entry(bold(one.name()), Commands.summary(one) + "; see " + one.qualifiedName("-") + "(1)."));
        }
        if (!Commands.arguments(command).isEmpty()) {
            line(".SH ARGUMENTS");
            Commands.arguments(command).forEach(one -> entry(italic(one.paramLabel()), Commands.description(one)));
        }
        line(".SH OPTIONS");
        Commands.options(command).forEach(one -> entry(heading(one), Commands.description(one)));
    }

    private static String heading(OptionSpec option) {
        String names = List.of(option.names()).stream().map(ManPage::bold).collect(Collectors.joining(", "));
        return takesValue(option) ? names + "=" + italic(option.paramLabel()) : names;
    }

    private static boolean takesValue(ArgSpec option) {
        return option.arity().max() > 0;
    }

    private void examples() {
        String[] examples = command.usageMessage().footer();
        if (examples.length > 0) {
            line(".SH EXAMPLES").line(".nf");
            for (String example : examples) {
                line(Roff.text("    " + Commands.plain(example)));
            }
            line(".fi");
        }
    }

    private void ending() {
        line(".SH EXIT STATUS");
        ENDS.forEach((code, meaning) -> entry(bold(Integer.toString(code)), meaning));
        if (command.parent() == null) {
            line(".SH FILES");
            entry(italic("./sealpost.toml"), "The settings; else the next one.");
            entry(italic("/etc/sealpost/sealpost.toml"), "The settings of the machine.");
            line(".SH ENVIRONMENT");
            entry(bold("SEALPOST_CONFIG"), "Names the settings file, where --config does not.");
            entry(bold("SEALPOST_\u2026"), "Each setting that stands once, as SEALPOST_SMTP_MAX_MESSAGE_SIZE.");
            entry(bold("SEALPOST_JAVA_OPTS"), "Words for the Java that runs it, as -Xmx2g.");
        } else {
            line(".SH SEE ALSO");
            line("\\fB" + Roff.text(command.parent().qualifiedName("-")) + "\\fR(1)");
        }
    }

    private void entry(String heading, String text) {
        line(".TP").line(heading).line(Roff.text(text));
    }

    private static String bold(String text) {
        return "\\fB" + Roff.text(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + Roff.text(text) + "\\fR";
    }

    private static Map<Integer, String> ends() {
        Map<Integer, String> ends = new LinkedHashMap<>();
        ends.put(Sysexits.OK, "All went well.");
        ends.put(Sysexits.USAGE, "The command line is wrong.");
        ends.put(Sysexits.DATAERR, "What was handed over is wrong.");
        ends.put(Sysexits.NOINPUT, "What was named does not exist.");
        ends.put(Sysexits.UNAVAILABLE, "Something that is needed is not there.");
        ends.put(Sysexits.SOFTWARE, "A bug of Sealpost.");
        ends.put(Sysexits.CANTCREAT, "It is there already, or a file cannot be made.");
        ends.put(Sysexits.TEMPFAIL, "Try again later.");
        ends.put(Sysexits.NOPERM, "Rights are missing.");
        ends.put(Sysexits.CONFIG, "The settings, the master key or the schema are wrong.");
        return ends;
    }
}
