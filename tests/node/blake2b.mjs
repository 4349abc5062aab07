// Reads lines "message key length" (hexadecimal, "-" for nothing) and prints the BLAKE2b digests by @noble/hashes.
import { readFileSync } from 'node:fs';
import { blake2b } from '@noble/hashes/blake2.js';

const bytes = (hex) => (hex === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(hex, 'hex')));
const output = [];
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [message, key, length] = line.split(' ');
  const options = { dkLen: Number(length) };
  if (key !== '-') options.key = bytes(key);
  output.push(Buffer.from(blake2b(bytes(message), options)).toString('hex'));
}
console.log(output.join('\n'));
