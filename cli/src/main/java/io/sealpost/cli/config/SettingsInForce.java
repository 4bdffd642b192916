package io.sealpost.cli.config;

import java.util.List;

/**
 * All settings as they hold now.
 *
 * @param single those that stand once, in the order of the reference
 * @param pairs one list a {@code [[tls.pair]]}
 * @param listeners one list a {@code [[listener]]}
 */
public record SettingsInForce(
        List<SettingInForce> single, List<List<SettingInForce>> pairs, List<List<SettingInForce>> listeners) {
    /** Copies the lists. */
    public SettingsInForce {
        single = List.copyOf(single);
        pairs = pairs.stream().map(List::copyOf).toList();
        listeners = listeners.stream().map(List::copyOf).toList();
    }

    /** Those that file or environment say, as {@code postconf -n}. */
    public SettingsInForce given() {
        return new SettingsInForce(
                single.stream().filter(SettingInForce::isGiven).toList(), given(pairs), given(listeners));
    }

    private static List<List<SettingInForce>> given(List<List<SettingInForce>> tables) {
        return tables.stream()
                .map(one -> one.stream().filter(SettingInForce::isGiven).toList())
                .toList();
    }
}
