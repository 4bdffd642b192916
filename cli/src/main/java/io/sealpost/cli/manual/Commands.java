package io.sealpost.cli.manual;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the manual takes from picocli's model; what is hidden there is not shown here. */
final class Commands {
    private Commands() {}

    /** The command and all below it, in the order of the help. */
    static Stream<CommandSpec> all(CommandSpec from) {
        return Stream.concat(Stream.of(from), subcommands(from).flatMap(Commands::all));
    }

    static Stream<CommandSpec> subcommands(CommandSpec of) {
        return of.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden());
    }

    static List<OptionSpec> options(CommandSpec of) {
        return of.options().stream().filter(option -> !option.hidden()).toList();
    }

    static List<PositionalParamSpec> arguments(CommandSpec of) {
        return of.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .toList();
    }

    /** {@code queue list}; "" for the program itself. */
    static String path(CommandSpec of) {
        String root = of.root().name();
        String whole = of.qualifiedName();
        return whole.length() == root.length() ? "" : whole.substring(root.length() + 1);
    }

    /** Its description in one line. */
    static String description(CommandSpec of) {
        return plain(of.usageMessage().description());
    }

    /** Its description in one line. */
    static String description(ArgSpec of) {
        return plain(of.description());
    }

    /** The first sentence, without its full stop. */
    static String summary(CommandSpec of) {
        String text = of.usageMessage().description().length == 0
                ? ""
                : plain(of.usageMessage().description()[0]);
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("[.;:,]+$", "");
    }

    /** picocli's texts are format strings with mark-up. */
    static String plain(String... texts) {
        return Ansi.OFF
                .string(String.join(" ", texts).formatted())
                .replaceAll("\\s*\\R", " ")
                .strip();
    }
}
