// A message in hexadecimal per line in, its Keccak-256 out.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytes, hex, lines } from './lines.mjs';

console.log(lines().map((line) => hex(keccak_256(bytes(line)))).join('\n'));
