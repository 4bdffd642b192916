package io.sealpost.cli.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** Man pages and completion scripts of all commands. */
public final class Manual {
    private final CommandSpec root;

    /** Of this command and all below it. */
    public Manual(CommandSpec root) {
        this.root = root;
    }

    /**
     * Writes a page for each command into a folder that is made when it is missing; older pages there are replaced.
     *
     * @param version for the footer
     * @return how many
     * @throws IOException when one cannot be written
     */
    public int writePages(Path folder, String version) throws IOException {
        Files.createDirectories(folder);
        List<CommandSpec> commands = Commands.all(root).toList();
        for (CommandSpec command : commands) {
            Files.writeString(
                    folder.resolve(ManPage.fileName(command)), ManPage.of(command, version), StandardCharsets.US_ASCII);
        }
        return commands.size();
    }

    /** A completion script for bash; zsh takes it too, by its bashcompinit, which the script loads. */
    public String bashCompletion() {
        return AutoComplete.bash(root.name(), root.commandLine());
    }

    /** A completion script for fish. */
    public String fishCompletion() {
        return FishCompletion.of(root);
    }
}
