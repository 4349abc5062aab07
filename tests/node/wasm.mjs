// V8 as an independent implementation of WebAssembly.
// A line is a module in base64 and the names of its exported functions to call in turn, separated by spaces; none of them takes arguments.
// The answer is a line of JSON: what instantiation gave, then what each call gave. What completed gives the list of its results in decimal
// without sign, what did not gives the text of the trap.
import { lines } from './lines.mjs';

const unsigned = (value) => (typeof value === 'bigint' ? BigInt.asUintN(64, value) : value >>> 0).toString();

const attempt = (action) => {
  try {
    const results = action();
    return results === undefined ? [] : Array.isArray(results) ? results.map(unsigned) : [unsigned(results)];
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return error.message;
    throw error;
  }
};

const output = lines().map((line) => {
  const [module, ...entries] = line.split(' ');
  let exports = {};
  const instantiate = () => { exports = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module, 'base64'))).exports; };
  const outcomes = [attempt(instantiate)];
  if (Array.isArray(outcomes[0])) outcomes.push(...entries.map((entry) => attempt(exports[entry])));
  return JSON.stringify(outcomes);
});
console.log(output.join('\n'));
