// Node's OpenSSL on one case per line: seed, message, our signature. Out come: public key, their signature, whether ours verifies.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { bytes, lines } from './lines.mjs';

console.log(lines().map((line) => {
  const [seed, message, signature] = line.split(' ').map((field) => bytes(field === '-' ? '' : field));
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const own = createPublicKey(key);
  const encoded = own.export({ format: 'der', type: 'spki' }).subarray(12).toString('hex');
  return `${encoded} ${sign(null, message, key).toString('hex')} ${verify(null, message, own, signature)}`;
}).join('\n'));
