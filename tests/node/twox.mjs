// Reads lines "data bits" (hexadecimal, "-" for nothing) and prints Twox digests by @polkadot/util-crypto.
import { readFileSync } from 'node:fs';
import { xxhashAsU8a } from '@polkadot/util-crypto';

const output = [];
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [data, bits] = line.split(' ');
  const bytes = data === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(data, 'hex'));
  output.push(Buffer.from(xxhashAsU8a(bytes, Number(bits), true)).toString('hex'));
}
console.log(output.join('\n'));
