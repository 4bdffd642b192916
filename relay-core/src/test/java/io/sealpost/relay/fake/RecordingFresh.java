package io.sealpost.relay.fake;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Origin;
import io.sealpost.relay.intake.FreshMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what intake hands over. */
public final class RecordingFresh implements FreshMail {
    /** Messages taken for a first attempt. */
    public final List<ClaimedMessage> taken = new ArrayList<>();

    /** Places given back. */
    public int freed;

    /** Words that something waits for a claim. */
    public int stored;

    /** Whether there is no room. */
    public boolean full;

    @Override
    public Optional<Place> reserve(Origin origin, long bytes, int recipients) {
        return full
                ? Optional.empty()
                : Optional.of(new Place() {
                    @Override
                    public void take(ClaimedMessage message) {
                        taken.add(message);
                    }

                    @Override
                    public void free() {
                        freed++;
                    }
                });
    }

    @Override
    public void storedForClaim() {
        stored++;
    }
}
