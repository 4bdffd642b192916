package io.sealpost.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderPatternTest {
    @ParameterizedTest
    @CsvSource({
        "Sales@Shop.Example, sales@shop.example",
        "*@Shop.Example, *@shop.example",
        "*@bücher.example, *@xn--bcher-kva.example",
        "sales@BÜCHER.example, sales@xn--bcher-kva.example",
    })
    void isKeptAsItIsCompared(String typed, String folded) {
        assertThat(SenderPattern.parse(typed)).hasToString(folded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop.example", "@shop.example", "*", "*@", "*@*", "a b@shop.example", "*@sho p.example"})
    void otherTextsAreRefused(String typed) {
        assertThat(SenderPattern.tryParse(typed)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SenderPattern.parse(typed))
                .withMessageContaining("neither an address nor all of a domain");
    }
}
