// Verifies each signature of each mail with mailauth.
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';

const [address, port, ...files] = process.argv.slice(2);
const dns = new Resolver();
dns.setServers([`${address}:${port}`]);
for (const file of files) {
  const { results } = await dkimVerify(readFileSync(file), { resolver: (name, type) => dns.resolve(name, type) });
  for (const { algo, status } of results) {
    console.log(basename(file), algo, status.result, status.comment || '');
  }
}
