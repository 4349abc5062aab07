// Per line a private and a peer's public key in hexadecimal; out come the own public key and the shared secret, by Node's OpenSSL.
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { bytes, lines } from './lines.mjs';

const der = (prefix, key) => Buffer.concat([Buffer.from(prefix, 'hex'), bytes(key)]);

console.log(lines().map((line) => {
  const [own, peer] = line.split(' ');
  const privateKey = createPrivateKey({ key: der('302e020100300506032b656e04220420', own), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey({ key: der('302a300506032b656e032100', peer), format: 'der', type: 'spki' });
  const mine = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(12).toString('hex');
  return `${mine} ${diffieHellman({ privateKey, publicKey }).toString('hex')}`;
}).join('\n'));
