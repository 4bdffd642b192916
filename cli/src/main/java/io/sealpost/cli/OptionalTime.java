package io.sealpost.cli;

import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets an option whose time may be left out stand before a name: only a word that is a time is taken for one. */
final class OptionalTime implements IParameterPreprocessor {
    private static final Pattern TIME = Pattern.compile("\\d+(ms|s|m|h|d)");

    @Override
    public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> parsed) {
        boolean attached = !" ".equals(parsed.get("separator")); // As in --wait=5m.
        boolean given = !words.isEmpty() && TIME.matcher(words.peek()).matches();
        if (!attached && !given) {
            words.push(((OptionSpec) option).fallbackValue());
        }
        return false; // picocli goes on with what lies on the stack now.
    }
}
