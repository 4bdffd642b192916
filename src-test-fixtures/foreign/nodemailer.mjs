// Submits the mail on standard input with nodemailer. The password is in PASSWORD.
import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';

const [name, port, tls, user, from, to, certificate] = process.argv.slice(2);
const transport = nodemailer.createTransport({
  host: '127.0.0.1',
  port: Number(port),
  secure: tls === 'implicit',
  requireTLS: true,
  name: 'client.test',
  tls: { servername: name, ca: readFileSync(certificate) },
  auth: { user, pass: process.env.PASSWORD },
});
try {
  const sent = await transport.sendMail({ envelope: { from, to, use8BitMime: true }, raw: readFileSync(0) });
  console.log(sent.response);
} catch (refused) {
  console.error(refused.message);
  process.exitCode = 1;
}
