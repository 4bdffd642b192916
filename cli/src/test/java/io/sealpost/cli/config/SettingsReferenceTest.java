package io.sealpost.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/operations/settings.md says what the code says; run with {@code -Dsealpost.write.reference=true} to write it anew. */
class SettingsReferenceTest {
    private static final Path FILE = Path.of("..", "docs", "operations", "settings.md");

    @Test
    void namesEverySettingWithItsDefault() throws IOException {
        String reference = reference();
        if (Boolean.getBoolean("sealpost.write.reference")) {
            Files.writeString(FILE, reference, StandardCharsets.UTF_8);
        }

        assertThat(Files.readString(FILE, StandardCharsets.UTF_8)).isEqualTo(reference);
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # Settings

                One file, `sealpost.toml`: `--config`, else `SEALPOST_CONFIG`, else `./sealpost.toml`, else `/etc/sealpost/sealpost.toml`.
                Relative paths count from it. An unknown key or a wrong value stops the start; `sealpost config check` names all of
                them with their lines. Each setting that stands once can be overridden by the environment. Times are `30s`, `5m`, `4h`,
                `5d`; sizes `50M`; rates `500/h`; in the environment lists are joined by commas.
                What is read but not enforced yet stands in [limits.md](../limits.md).

                """);
        table(text, "Once in the file", SettingKeys.all(), Environment.NAMED);
        table(text, "In each `[[tls.pair]]`", PairTables.KEYS, Environment.LEFT_OUT);
        table(text, "In each `[[listener]]`", ListenerKeys.all(), Environment.LEFT_OUT);
        return text.toString();
    }

    private enum Environment {
        NAMED,
        LEFT_OUT
    }

    private static void table(StringBuilder text, String title, List<Setting<?>> settings, Environment environment) {
        text.append("## ").append(title).append("\n\n");
        text.append(
                environment == Environment.NAMED
                        ? "| setting | default | what it is for | environment |\n|---|---|---|---|\n"
                        : "| setting | default | what it is for |\n|---|---|---|\n");
        for (Setting<?> setting : settings) {
            String shown = setting.defaultText().isEmpty() ? "–" : "`" + setting.defaultText() + "`";
            text.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(shown)
                    .append(" | ")
                    .append(setting.help());
            text.append(environment == Environment.NAMED ? " | `" + setting.environmentName() + "` |\n" : " |\n");
        }
        text.append('\n');
    }
}
