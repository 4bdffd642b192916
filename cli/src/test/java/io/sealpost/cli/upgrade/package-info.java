/** Databases of earlier releases, kept as dumps with mail in them: this release must take them up. */
package io.sealpost.cli.upgrade;
