// @noble/curves on one case per line: public key, message, signature. Out comes whether it verifies by the rules of ZIP-215.
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytes, lines } from './lines.mjs';

console.log(lines().map((line) => {
  const [own, message, signature] = line.split(' ').map((field) => bytes(field === '-' ? '' : field));
  return ed25519.verify(signature, message, own, { zip215: true });
}).join('\n'));
