package io.sealpost.account.brake;

/**
 * What is known of an account, on all nodes together.
 *
 * @param recipients of today
 * @param refused recipients of today
 * @param mean recipients of its usual day: the mean of those of the last four weeks on which it sent; 0 where there is none
 * @param learned recipients of the day on which it was released last; 0 where it never was
 * @param released recipients and refused ones of today before a release of today
 * @param networks from which it logged in within the hour and that were new today
 * @param burst the recipients of the newest network's first hour, while that lasts
 */
public record Behaviour(
        long recipients, long refused, long mean, long learned, Before released, long networks, long burst) {
    /** What a release of today has forgiven. */
    public record Before(long recipients, long refused) {}
}
