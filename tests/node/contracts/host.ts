// What a contract in AssemblyScript needs of its host: the functions that it calls, and its input and output.
// Nothing is allocated: everything lies in static memory, so that the module needs no runtime and no start function.

// @ts-ignore: decorator
@external("seal0", "seal_input") declare function seal_input(output: usize, length: usize): void;
// @ts-ignore: decorator
@external("seal0", "seal_caller") declare function seal_caller(output: usize, length: usize): void;
// @ts-ignore: decorator
@external("seal0", "seal_return") declare function seal_return(flags: u32, data: usize, length: u32): void;
// @ts-ignore: decorator
@external("seal0", "seal_deposit_event") declare function seal_deposit_event(topics: usize, topicsLength: u32, data: usize, length: u32): void;
// @ts-ignore: decorator
@external("seal1", "get_storage") declare function get_storage(key: usize, keyLength: u32, output: usize, length: usize): u32;
// @ts-ignore: decorator
@external("seal2", "set_storage") declare function set_storage(key: usize, keyLength: u32, value: usize, length: u32): i32;

const INPUT_ROOM: u32 = 1024;
const input = memory.data(1024, 8);
const output = memory.data(1024, 8);
const account = memory.data(32, 8);
const word = memory.data(8, 8);

let inputLength: u32 = 0;
let inputAt: u32 = 0;
let outputLength: u32 = 0;

/** Reads the input, and begins an empty output. */
export function begin(): void {
  store<u32>(word, INPUT_ROOM);
  seal_input(input, word);
  inputLength = load<u32>(word);
  inputAt = 0;
  outputLength = 0;
}

/** The selector of the message, its four bytes as a number with the first as the most significant. */
export function selector(): u32 {
  return bswap<u32>(readU32());
}

/** Reads a number; an input that has ended is the sender's mistake. */
export function readU32(): u32 {
  if (inputAt + 4 > inputLength) unreachable();
  const value = load<u32>(input + inputAt);
  inputAt += 4;
  return value;
}

/** Whether all of the input was read. */
export function isRead(): bool {
  return inputAt == inputLength;
}

export function writeByte(value: u8): void {
  store<u8>(output + outputLength, value);
  outputLength += 1;
}

export function writeU32(value: u32): void {
  store<u32>(output + outputLength, value);
  outputLength += 4;
}

/** Writes who calls, 32 bytes. */
export function writeCaller(): void {
  memory.copy(output + outputLength, caller(), 32);
  outputLength += 32;
}

/** Where the 32 bytes of who calls are. */
export function caller(): usize {
  store<u32>(word, 32);
  seal_caller(account, word);
  return account;
}

/** Ends the call, and keeps what it did. */
export function succeed(): void {
  seal_return(0, output, outputLength);
}

/** Ends the call, and undoes what it did. */
export function revert(): void {
  seal_return(1, output, outputLength);
}

/** Emits what was written as an event, and begins an empty output. */
export function emit(): void {
  seal_deposit_event(0, 0, output, outputLength);
  outputLength = 0;
}

/** A number under a key; 0 where there is none. */
export function loadU32(key: usize, length: u32): u32 {
  store<u32>(word, 4);
  return get_storage(key, length, word + 4, word) == 0 ? load<u32>(word + 4) : 0;
}

export function storeU32(key: usize, length: u32, value: u32): void {
  store<u32>(word, value);
  set_storage(key, length, word, 4);
}
