// Reads lines "secret hash" (hexadecimal) and prints "compressed uncompressed signature" with the signature as r s v, by @noble/curves.
import { readFileSync } from 'node:fs';
import { secp256k1 } from '@noble/curves/secp256k1.js';

const bytes = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data) => Buffer.from(data).toString('hex');
const output = [];
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [secret, hash] = line.split(' ').map(bytes);
  const recovered = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
  const signature = Buffer.concat([recovered.subarray(1), recovered.subarray(0, 1)]);
  output.push([secp256k1.getPublicKey(secret, true), secp256k1.getPublicKey(secret, false), signature].map(hex).join(' '));
}
console.log(output.join('\n'));
