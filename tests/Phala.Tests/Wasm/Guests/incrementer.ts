// A contract in AssemblyScript: "deploy" takes an initial number of 64 bits, "call" adds one (0x01) or returns the number (0x02).
// Built by build.sh; incrementer.wasm beside this file is the result.

@external("seal0", "input")
declare function input(out: usize, length: usize): void;

@external("seal0", "set_storage")
declare function setStorage(key: usize, value: usize, length: u32): void;

@external("seal0", "get_storage")
declare function getStorage(key: usize, out: usize, length: usize): u32;

@external("seal0", "seal_return")
declare function sealReturn(flags: u32, data: usize, length: u32): void;

const key = memory.data(32);
const data = memory.data(16, 8);
const length = memory.data(4, 4);

function read(): u32 {
  store<u32>(length, 16);
  input(data, length);
  return load<u32>(length);
}

function add(step: u64): void {
  store<u32>(length, 8);
  if (getStorage(key, data, length) != 0) store<u64>(data, 0);
  store<u64>(data, load<u64>(data) + step);
  setStorage(key, data, 8);
}

export function deploy(): void {
  if (read() != 8) sealReturn(1, data, 0);
  setStorage(key, data, 8);
  sealReturn(0, data, 0);
}

export function call(): void {
  if (read() != 1) sealReturn(1, data, 0);
  switch (load<u8>(data)) {
    case 1:
      add(1);
      sealReturn(0, data, 0);
      break;
    case 2:
      add(0);
      sealReturn(0, data, 8);
      break;
    default:
      sealReturn(1, data, 0);
  }
}
