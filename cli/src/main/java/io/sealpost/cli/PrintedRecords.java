package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.KeyPublication;
import java.util.List;

/** Publishes by a person's hand: prints the lines for the operator's zone. */
record PrintedRecords(Console console) implements KeyPublication {
    @Override
    public void publish(List<DnsRecord> records) {
        records.forEach(record -> console.print(ZoneLine.of(record.name(), record.type(), record.value())));
    }
}
