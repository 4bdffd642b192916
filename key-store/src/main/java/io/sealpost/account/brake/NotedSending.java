package io.sealpost.account.brake;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.limit.Admission;
import io.sealpost.account.limit.Admission.Admitted;
import io.sealpost.account.limit.Allowance;
import io.sealpost.account.limit.OverLimit;
import io.sealpost.account.limit.SendingLimits;
import java.util.Optional;

/** The limits, whose accepted messages are noted. Thread-safe. */
public final class NotedSending implements SendingLimits {
    private final SendingLimits limits;
    private final BehaviourWatch watch;

    /** Asks {@code limits}. */
    public NotedSending(SendingLimits limits, BehaviourWatch watch) {
        this.limits = limits;
        this.watch = watch;
    }

    @Override
    public Admission begin(AuthenticatedAccount account) {
        Admission admission = limits.begin(account);
        return admission instanceof Admitted admitted
                ? new Admitted(new Noting(admitted.allowance(), account))
                : admission;
    }

    private final class Noting implements Allowance {
        private final Allowance allowance;
        private final AuthenticatedAccount account;
        private int taken;

        Noting(Allowance allowance, AuthenticatedAccount account) {
            this.allowance = allowance;
            this.account = account;
        }

        @Override
        public Optional<OverLimit> recipient() {
            Optional<OverLimit> over = allowance.recipient();
            taken += over.isEmpty() ? 1 : 0;
            return over;
        }

        @Override
        public void refused() {
            allowance.refused();
            watch.refused(account.account(), 1);
        }

        @Override
        public void spend() {
            allowance.spend();
            watch.accepted(account, taken);
        }

        @Override
        public void close() {
            allowance.close();
        }
    }
}
