package io.sealpost.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TomlTextTest {
    @Test
    void writesWhatTomlReads() {
        assertThat(TomlText.of(25)).isEqualTo("25");
        assertThat(TomlText.of(true)).isEqualTo("true");
        assertThat(TomlText.of(List.of())).isEqualTo("[]");
        assertThat(TomlText.of(List.of("1m", "2m"))).isEqualTo("[\"1m\", \"2m\"]");
        assertThat(TomlText.of("a \"b\" \\ é\n")).isEqualTo("\"a \\\"b\\\" \\\\ é\\u000A\"");
    }
}
