/**
 * Why a mail is signed as it is, or is not: which domain, which key, what its record shows now, and what a verifier says now.
 *
 * <p>Looks only; changes nothing and sends nothing.
 */
package io.sealpost.cli.explain;
