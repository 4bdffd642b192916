package io.sealpost.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppPasswordTextTest {
    private static final String PLAIN = "abcdefghjkmnpqrstuvwxyz23456";

    @Test
    void isSevenGroupsWithoutLookAlikesAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String text = AppPasswordText.generate(new SecureRandom()).reveal();
            assertThat(text).matches("([a-hjkmnp-z2-9]{4}-){6}[a-hjkmnp-z2-9]{4}");
            assertThat(seen.add(text)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcd-efgh-jkmn-pqrs-tuvw-xyz2-3456",
                "ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2-3456",
                "abcdefghjkmnpqrstuvwxyz23456",
                "  abcd efgh jkmn\tpqrs tuvw xyz2 3456\r\n",
                "abcd\u2013efgh\u00a0jkmn pqrs tuvw xyz2 3456"
            })
    void isFoundHoweverItIsTyped(String typed) {
        assertThat(AppPasswordText.normalise(new Secret(typed))).contains(new Secret(PLAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcd-efgh",
                "abcd-efgh-jkmn-pqrs-tuvw-xyz2-34567",
                "abcd-efgh-jkmn-pqrs-tuvw-xyz2-345o",
                "abcd-efgh-jkmn-pqrs-tuvw-xyz2-345l",
                "abcd-efgh-jkmn-pqrs-tuvw-xyz2-3451"
            })
    void otherTextsCannotBeOne(String typed) {
        assertThat(AppPasswordText.normalise(new Secret(typed))).isEmpty();
    }
}
