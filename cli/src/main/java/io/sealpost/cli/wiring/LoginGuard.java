package io.sealpost.cli.wiring;

import io.sealpost.account.brake.BrakeStore;
import io.sealpost.account.brake.jdbc.JdbcBrakes;
import io.sealpost.account.guessing.GuessLimits;
import io.sealpost.account.guessing.GuessTable;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.Transactions;
import io.sealpost.keys.jdbc.Changes;
import java.time.Clock;

/**
 * What logins are held against.
 *
 * @param brakes what is known of accounts' behaviour
 * @param guesses slows down who guesses passwords
 */
record LoginGuard(BrakeStore brakes, GuessTable guesses) {
    /** Of this node. */
    static LoginGuard of(Transactions transactions, Clock clock, NodeNumber node, RelaySettings settings) {
        BrakeStore brakes = new JdbcBrakes(new Changes(transactions, clock, "serve@" + node.name()), node.number());
        GuessTable guesses = new GuessTable(
                GuessLimits.DEFAULTS,
                (account, network) -> brakes.knows(new BrakeStore.Origin(account, network)),
                System::nanoTime,
                settings.loginBrake());
        return new LoginGuard(brakes, guesses);
    }
}
