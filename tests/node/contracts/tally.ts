// A contract in AssemblyScript: it counts, for everybody and for each caller, up to a limit that its constructor is given.
import { begin, caller, emit, isRead, loadU32, readU32, revert, selector, storeU32, succeed, writeByte, writeCaller, writeU32 } from "./host";

// The first four bytes of blake2_256 of each name.
const NEW: u32 = 0x9bae9d5e;
const ADD: u32 = 0x4b050ea9;
const TOTAL: u32 = 0x6169699a;
const MINE: u32 = 0x9a871106;

const LIMIT_KEY = memory.data<u8>([0]);
const TOTAL_KEY = memory.data<u8>([1]);

const OK: u8 = 0;
const ERR: u8 = 1;
const OVER_LIMIT: u8 = 0;

/** The constructor `new(limit: u32)`. */
export function deploy(): void {
  begin();
  if (selector() != NEW) unreachable();
  storeU32(LIMIT_KEY, 1, readU32());
  if (!isRead()) unreachable();
}

/** The messages. Their results are wrapped as ink! wraps them: 0 says that the message was understood. */
export function call(): void {
  begin();
  const message = selector();
  if (message == ADD) return add(readU32());
  if (!isRead()) unreachable();
  if (message == TOTAL) return tell(loadU32(TOTAL_KEY, 1));
  if (message == MINE) return tell(loadU32(caller(), 32));
  unreachable();
}

/** `add(by: u32) -> Result<u32, Error>`: more than the limit reverts. Emits `Added { by: AccountId, total: u32 }`. */
function add(by: u32): void {
  if (!isRead()) unreachable();
  const total = loadU32(TOTAL_KEY, 1) + by;
  storeU32(TOTAL_KEY, 1, total);
  storeU32(caller(), 32, loadU32(caller(), 32) + by);
  writeByte(0);
  writeCaller();
  writeU32(total);
  emit();
  writeByte(OK);
  if (total < by || total > loadU32(LIMIT_KEY, 1)) {
    writeByte(ERR);
    writeByte(OVER_LIMIT);
    return revert();
  }

  writeByte(OK);
  writeU32(total);
  succeed();
}

/** `total() -> u32` and `mine() -> u32`. */
function tell(value: u32): void {
  writeByte(OK);
  writeU32(value);
  succeed();
}
