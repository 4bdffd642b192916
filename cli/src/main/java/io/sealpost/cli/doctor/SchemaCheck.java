package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.SchemaState;
import java.util.List;

/** Whether the tables are those of this release. */
final class SchemaCheck implements Check {
    @Override
    public String name() {
        return "tables";
    }

    @Override
    public List<Finding> look(Patient patient) {
        SchemaState state = patient.anyStore().schema();
        if (state instanceof SchemaState.Current) {
            return List.of(Finding.ok("the tables are those of this release"));
        }
        boolean mendsItself = patient.settings().database() instanceof Settings.Database.Embedded
                && !(state instanceof SchemaState.TooNew)
                && !(state instanceof SchemaState.HalfRestored);
        return List.of(
                mendsItself
                        ? Finding.warning(
                                "the tables are not those of this release yet",
                                "nothing: the next start of serve, or any command, brings them up")
                        : Finding.problem(Store.sentence(state), "serve does not start until then"));
    }
}
