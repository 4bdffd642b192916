package io.sealpost.cli.keytrees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of another machine's files, written file by file. */
record TreeFolder(Path folder) {
    TreeRoot root() {
        return new TreeRoot(folder);
    }

    Path at(String absolute) {
        return folder.resolve(absolute.substring(1));
    }

    TreeFolder file(String absolute, String text) throws IOException {
        Files.createDirectories(at(absolute).getParent());
        Files.writeString(at(absolute), text);
        return this;
    }

    TreeFolder keys(String... absolute) throws IOException {
        for (String one : absolute) {
            file(one, "key");
        }
        return this;
    }

    /** Each key as {@code domain selector place}, the place as that machine has it. */
    List<String> keys(KeyTree tree) {
        return tree.keys().stream()
                .map(key -> key.domain() + " " + key.selector() + " "
                        + key.source().toString().replace(folder.toString(), ""))
                .toList();
    }

    /** What was skipped and why. */
    List<String> skipped(KeyTree tree) {
        return tree.skipped().stream()
                .map(entry -> entry.what() + ": " + entry.why())
                .toList();
    }
}
