package io.sealpost.cli.manual;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion for fish: a condition a command, on the words before the cursor that are no options. */
final class FishCompletion {
    private static final String CONDITION = """
            # Completion of %1$s for fish: %1$s completion fish > ~/.config/fish/completions/%1$s.fish
            function __%1$s_words
                set -l words (commandline -opc)
                string match -v -- '-*' $words[2..-1]
            end
            # These commands, and nothing behind them.
            function __%1$s_at
                set -l words (__%1$s_words)
                test "$words" = "$argv"
            end
            # These commands, and perhaps more.
            function __%1$s_in
                set -l words (__%1$s_words)
                test (count $words) -ge (count $argv); and test "$words[1..$(count $argv)]" = "$argv"
            end
            complete -c %1$s -f
            """;

    private final StringBuilder script = new StringBuilder();
    private final String program;

    private FishCompletion(String program) {
        this.program = program;
        script.append(CONDITION.formatted(program));
    }

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion(root.name());
        Commands.all(root).forEach(completion::add);
        return completion.script.toString();
    }

    private void add(CommandSpec command) {
        String path = Commands.path(command);
        String at = "__" + program + "_at" + (path.isEmpty() ? "" : " " + path);
        String in = path.isEmpty() ? at : "__" + program + "_in " + path;
        Commands.subcommands(command).forEach(one -> complete(at, "-a " + quoted(one.name()), Commands.summary(one)));
        Commands.arguments(command).stream()
                .filter(argument -> argument.completionCandidates() != null)
                .forEach(argument -> complete(at, "-a " + quoted(candidates(argument.completionCandidates())), ""));
        Commands.options(command).forEach(option -> complete(in, option(option), Commands.description(option)));
    }

    private void complete(String condition, String what, String description) {
        script.append("complete -c ")
                .append(program)
                .append(" -n ")
                .append(quoted(condition))
                .append(' ')
                .append(what);
        if (!description.isEmpty()) {
            script.append(" -d ").append(quoted(description));
        }
        script.append('\n');
    }

    private static String option(OptionSpec option) {
        String names = List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        if (option.arity().max() == 0) {
            return names;
        }
        boolean file = option.typeInfo().getClassName().equals("java.nio.file.Path");
        String values =
                option.completionCandidates() == null ? "" : " -a " + quoted(candidates(option.completionCandidates()));
        return names + (file ? " -r -F" : " -x") + values;
    }

    private static String candidates(Iterable<String> words) {
        return String.join(" ", words);
    }

    /** In single quotes only these two are special to fish. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
