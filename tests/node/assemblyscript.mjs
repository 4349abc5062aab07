// Compiles AssemblyScript. The input is the name of a file of `contracts`; the answer is the module in base64.
// The options are those that a contract needs: memory is the host's and has a largest size, no runtime that collects garbage, and failures are traps.
import asc from 'assemblyscript/asc';
import { readFileSync } from 'node:fs';
import { lines } from './lines.mjs';

const options = ['--importMemory', '--noExportMemory', '--zeroFilledMemory', '--initialMemory', '1', '--maximumMemory', '16', '--runtime', 'stub', '--use', 'abort=', '--optimizeLevel', '3', '--shrinkLevel', '1', '--converge'];

const [name] = lines();
let module;
const { error, stderr } = await asc.main([`contracts/${name}`, '--outFile', 'module.wasm', ...options], {
  readFile: (path) => { try { return readFileSync(path, 'utf8'); } catch { return null; } },
  writeFile: (path, contents) => { if (path === 'module.wasm') module = contents; },
  listFiles: () => [],
});
if (error) throw new Error(`${error.message}\n${stderr}`);
console.log(Buffer.from(module).toString('base64'));
