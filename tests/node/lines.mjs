// Standard input as lines, the last empty one left out; hexadecimal to bytes and back.
import { readFileSync } from 'node:fs';

export const lines = () => readFileSync(0, 'utf8').replace(/\n$/, '').split('\n');
export const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
export const hex = (data) => Buffer.from(data).toString('hex');
