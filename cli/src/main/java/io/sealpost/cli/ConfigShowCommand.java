package io.sealpost.cli;

import io.sealpost.cli.config.SettingInForce;
import io.sealpost.cli.config.SettingInForce.Source;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.config.SettingsInForce;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.TomlText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost config show}. */
@Command(
        name = "show",
        description = {
            "Shows all settings in force, each with its source: default, line of the file, environment variable.",
            "What it prints is a settings file itself."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost config show --changed")
final class ConfigShowCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Option(names = "--changed", description = "Only what the file or the environment say.")
    private boolean changed;

    @Mixin
    private JsonOption json;

    ConfigShowCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.settings(config.file()); // All faults together, if there are any.
        Path file = context.settingsFile(config.file());
        SettingsInForce inForce = read(file);
        SettingsInForce wanted = changed ? inForce.given() : inForce;
        if (json.wanted()) {
            context.console().json(objects(wanted));
        } else {
            context.console().print("# " + file);
            print(wanted);
        }
        return Sysexits.OK;
    }

    private SettingsInForce read(Path file) {
        try {
            return SettingsFile.inForce(file, context.environment());
        } catch (IOException e) {
            throw new Fault(Sysexits.CONFIG, file + " cannot be read: " + e.getMessage());
        }
    }

    private void print(SettingsInForce settings) {
        Map<String, List<SettingInForce>> tables = settings.single().stream()
                .collect(Collectors.groupingBy(SettingInForce::table, LinkedHashMap::new, Collectors.toList()));
        tables.forEach((table, entries) -> print(table.isEmpty() ? "" : "[" + table + "]", entries));
        settings.pairs().forEach(entries -> print("[[tls.pair]]", entries));
        settings.listeners().forEach(entries -> print("[[listener]]", entries));
    }

    private void print(String heading, List<SettingInForce> entries) {
        Console console = context.console();
        if (!heading.isEmpty()) {
            console.print("\n" + heading);
        }
        entries.forEach(entry -> console.print(
                "%-47s # %s".formatted(entry.key() + " = " + TomlText.of(entry.value()), said(entry.source()))));
    }

    private static String said(Source source) {
        if (source instanceof Source.Line line) {
            return "line " + line.number();
        }
        return source instanceof Source.Variable variable ? variable.name() : "default";
    }

    private static List<Map<String, Object>> objects(SettingsInForce settings) {
        List<Map<String, Object>> all = new ArrayList<>();
        settings.single().forEach(entry -> all.add(object(entry, Map.of())));
        add(all, "pair", settings.pairs());
        add(all, "listener", settings.listeners());
        return all;
    }

    private static void add(List<Map<String, Object>> all, String kind, List<List<SettingInForce>> tables) {
        for (int i = 0; i < tables.size(); i++) {
            Map<String, Integer> place = Map.of(kind, i + 1);
            tables.get(i).forEach(entry -> all.add(object(entry, place)));
        }
    }

    /** {@code place}: which [[listener]] or the like, from 1. */
    private static Map<String, Object> object(SettingInForce entry, Map<String, Integer> place) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", entry.name());
        object.putAll(place);
        object.put("value", entry.value());
        Source source = entry.source();
        if (source instanceof Source.Line line) {
            object.put("source", "file");
            object.put("line", line.number());
        } else if (source instanceof Source.Variable variable) {
            object.put("source", "environment");
            object.put("variable", variable.name());
        } else {
            object.put("source", "default");
        }
        return object;
    }
}
