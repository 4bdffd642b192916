package io.sealpost.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new ByteArrayInputStream("first\r\nsecond\n".getBytes(StandardCharsets.UTF_8)));
    private final Listing<String> listing = new Listing<String>("Nothing there.")
            .column("NAME", "name", name -> name)
            .column("LENGTH", "length", String::length)
            .column("SINCE", "since", name -> name.isEmpty() ? null : NOON);

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void someIsForPeopleAloneAndSomeForScripts() {
        Listing<String> both = new Listing<String>("None.")
                .column("NAME", "name", name -> name)
                .onScreen("AGE", name -> "5m")
                .inJson("seconds", name -> 300);

        both.print(console, List.of("anna"));
        assertThat(printed()).isEqualTo("NAME  AGE\nanna  5m\n");
        assertThat(both.objects(List.of("anna")).get(0).keySet()).containsExactly("name", "seconds");
    }

    @Test
    void alignsColumnsWithoutTrailingBlanks() {
        listing.print(console, List.of("anna", ""));

        assertThat(printed()).isEqualTo("""
                NAME  LENGTH  SINCE
                anna  4       2026-11-24 12:00:00Z
                      0
                """);
    }

    @Test
    void keepsForeignTextInItsCell() {
        listing.print(console, List.of("a\nb\u001B[2Jü"));

        assertThat(printed()).contains("a\\x0Ab\\x1B[2J\\xC3\\xBC  ").hasLineCount(2);
    }

    @Test
    void saysWhatToDoWhenThereIsNothing() {
        listing.print(console, List.of());

        assertThat(printed()).isEqualTo("Nothing there.\n");
    }

    @Test
    void writesJsonWithWholeTimesAndNulls() {
        listing.printJson(console, List.of("ü", ""));

        assertThat(printed().replaceAll("\\s", ""))
                .isEqualTo("[{\"name\":\"ü\",\"length\":1,\"since\":\"2026-11-24T12:00:00.123456Z\"},"
                        + "{\"name\":\"\",\"length\":0,\"since\":null}]");
    }

    @Test
    void anEmptyListIsAnEmptyListInJson() {
        listing.printJson(console, List.of());

        assertThat(printed()).isEqualTo("[ ]\n");
    }

    @Test
    void aJsonLineIsOneLine() {
        console.jsonLine(List.of("a", "b"));

        assertThat(printed()).isEqualTo("[\"a\",\"b\"]\n");
    }

    @Test
    void readsOneLineOfStandardInput() {
        assertThat(console.readLine()).contains("first");
    }

    @Test
    void aWideCellMovesNothing() {
        listing.print(console, List.of("x".repeat(300), "y"));

        assertThat(printed().lines().toList())
                .satisfiesExactly(
                        heading -> assertThat(heading.indexOf("LENGTH")).isEqualTo(302),
                        wide -> assertThat(wide).startsWith("x".repeat(300) + "  300"),
                        narrow -> assertThat(narrow.indexOf('1')).isEqualTo(302));
    }
}
