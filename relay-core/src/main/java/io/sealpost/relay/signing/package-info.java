/**
 * Key and signer joined: which keys sign for a domain now, and the fields they make in front of a message's content.
 *
 * <p>"No key" is an answer here, never an unsigned message. Decides nothing about refusing or holding, stores nothing.
 */
package io.sealpost.relay.signing;
