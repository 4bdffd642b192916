package io.sealpost.account.limit;

import io.sealpost.account.AuthenticatedAccount;
import java.util.Optional;

/** Whether an account may send one more message now. Thread-safe. */
public interface SendingLimits {
    /** Everything may be sent. */
    SendingLimits NONE = account -> new Admission.Admitted(new Unlimited());

    /**
     * Asked at MAIL; counts one message.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    Admission begin(AuthenticatedAccount account);

    /** What counts nothing. */
    record Unlimited() implements Allowance {
        @Override
        public Optional<OverLimit> recipient() {
            return Optional.empty();
        }

        @Override
        public void refused() {}

        @Override
        public void spend() {}

        @Override
        public void close() {}
    }
}
