package io.sealpost.account.brake;

/**
 * An account that looks taken over, as its owner and the operator are told.
 *
 * @param owner whose
 * @param reason why
 * @param mode what is done about it
 */
public record Suspect(Owner owner, BrakeReason reason, BrakeSettings.Mode mode) {}
