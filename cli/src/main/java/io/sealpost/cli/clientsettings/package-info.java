/**
 * What mail programs ask for to set themselves up: Mozilla's autoconfig, Outlook's autodiscover, Apple's profiles, SRV records. Texts
 * only, of names that were checked; serves and publishes nothing.
 */
package io.sealpost.cli.clientsettings;
