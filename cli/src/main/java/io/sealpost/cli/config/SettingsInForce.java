package io.sealpost.cli.config;

import java.util.List;

/**
 * All settings as they hold now.
 *
 * @param single those that stand once, in the order of the reference
 * @param listeners one list a {@code [[listener]]}
 */
public record SettingsInForce(List<SettingInForce> single, List<List<SettingInForce>> listeners) {
    /** Copies the lists. */
    public SettingsInForce {
        single = List.copyOf(single);
        listeners = listeners.stream().map(List::copyOf).toList();
    }

    /** Those that file or environment say, as {@code postconf -n}. */
    public SettingsInForce given() {
        return new SettingsInForce(
                single.stream().filter(SettingInForce::isGiven).toList(),
                listeners.stream()
                        .map(one -> one.stream().filter(SettingInForce::isGiven).toList())
                        .toList());
    }
}
