package io.sealpost.cli.doctor;

import io.sealpost.database.Replication;
import java.util.List;

/** What of acknowledged mail would be lost together with the database server. */
final class ReplicationCheck implements Check {
    @Override
    public String name() {
        return "replication";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Replication found = Replication.of(patient.anyStore().transactions());
        return List.of(
                found.remedy().isEmpty()
                        ? Finding.ok(found.sentence())
                        : Finding.warning(found.sentence(), found.remedy()));
    }
}
