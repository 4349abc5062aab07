// The kernels in V8: node kernels.mjs <kernels.wasm> <name>:<work> …   prints "name digest milliseconds", the least of several runs.
// The first runs are V8's baseline code; when the optimizing compiler is done, the next call runs its code.
import { readFileSync } from 'node:fs';

const repetitions = 12;
const [file, ...kernels] = process.argv.slice(2);
const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)));
for (const kernel of kernels) {
  const [name, work] = kernel.split(':');
  let best = Infinity;
  let digest;
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    digest = instance.exports[`run_${name}`](Number(work));
    best = Math.min(best, performance.now() - start);
  }
  console.log(`${name} ${BigInt.asUintN(64, digest)} ${best}`);
}
