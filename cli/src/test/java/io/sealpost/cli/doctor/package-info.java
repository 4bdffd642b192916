/** Tests of the checks, each in its good way and in every fault it knows. */
package io.sealpost.cli.doctor;
