// A contract as AssemblyScript compiles it: a poll with named options. Classes, strings, maps, arrays and floats of its standard library
// bring along an allocator, a garbage collector and the import env.abort. Texts are UTF-8, numbers decimal.
//
//   deploy:  input "option,option,…"
//   call:    input "vote option"    one vote of the caller; the last one counts; fails with 1 for an unknown option
//            input "tally"          output "option:votes,…", most votes first, then in the order of deployment
//            input "share option"   output the option's share of all votes in percent with one decimal

// @ts-ignore: decorator
@external("host", "input") declare function hostInput(target: usize, capacity: u32): u32;
// @ts-ignore: decorator
@external("host", "output") declare function hostOutput(bytes: usize, length: u32): void;
// @ts-ignore: decorator
@external("host", "caller") declare function hostCaller(account: usize): void;
// @ts-ignore: decorator
@external("host", "get") declare function hostGet(key: usize, keyLength: u32, target: usize, capacity: u32): u32;
// @ts-ignore: decorator
@external("host", "set") declare function hostSet(key: usize, keyLength: u32, value: usize, length: u32): void;
// @ts-ignore: decorator
@external("host", "fail") declare function hostFail(code: u32): void;

const UNKNOWN_OPTION: u32 = 1;
const CAPACITY: u32 = 4096;
const KEY = "poll";

class Option {
  votes: i32 = 0;
  constructor(public name: string) {}
}

function text(bytes: ArrayBuffer, length: u32): string {
  return String.UTF8.decodeUnsafe(changetype<usize>(bytes), length);
}

function input(): string {
  const bytes = new ArrayBuffer(CAPACITY);
  return text(bytes, hostInput(changetype<usize>(bytes), CAPACITY));
}

function output(value: string): void {
  const bytes = String.UTF8.encode(value);
  hostOutput(changetype<usize>(bytes), bytes.byteLength);
}

function caller(): string {
  const account = new Uint8Array(32);
  hostCaller(account.dataStart);
  let name = "";
  for (let i = 0; i < account.length; i++) name += account[i].toString(16).padStart(2, "0");
  return name;
}

class Poll {
  options: Option[] = [];
  voters: Map<string, string> = new Map<string, string>();

  // "option,option;voter=option;voter=option"
  static load(): Poll {
    const key = String.UTF8.encode(KEY);
    const bytes = new ArrayBuffer(CAPACITY);
    const length = hostGet(changetype<usize>(key), key.byteLength, changetype<usize>(bytes), CAPACITY);
    const poll = new Poll();
    const parts = text(bytes, length).split(";");
    const names = parts[0].split(",");
    for (let i = 0; i < names.length; i++) poll.options.push(new Option(names[i]));
    for (let i = 1; i < parts.length; i++) {
      const pair = parts[i].split("=");
      poll.voters.set(pair[0], pair[1]);
      poll.find(pair[1])!.votes++;
    }
    return poll;
  }

  save(): void {
    let state = this.options.map<string>((option) => option.name).join(",");
    const voters = this.voters.keys();
    for (let i = 0; i < voters.length; i++) state += ";" + voters[i] + "=" + this.voters.get(voters[i]);
    const key = String.UTF8.encode(KEY);
    const value = String.UTF8.encode(state);
    hostSet(changetype<usize>(key), key.byteLength, changetype<usize>(value), value.byteLength);
  }

  find(name: string): Option | null {
    for (let i = 0; i < this.options.length; i++) if (this.options[i].name == name) return this.options[i];
    return null;
  }

  tally(): string {
    const sorted = this.options.slice(0);
    sorted.sort((left, right) => right.votes - left.votes);
    return sorted.map<string>((option) => option.name + ":" + option.votes.toString()).join(",");
  }

  share(option: Option): string {
    const all = this.voters.size;
    const percent: f64 = all == 0 ? 0 : 100.0 * <f64>option.votes / <f64>all;
    return (Math.round(percent * 10) / 10).toString();
  }
}

export function deploy(): void {
  const poll = new Poll();
  const names = input().split(",");
  for (let i = 0; i < names.length; i++) poll.options.push(new Option(names[i]));
  poll.save();
}

export function call(): void {
  const words = input().split(" ");
  const poll = Poll.load();
  if (words[0] == "tally") {
    output(poll.tally());
    return;
  }

  const option = words.length > 1 ? poll.find(words[1]) : null;
  if (option == null) {
    hostFail(UNKNOWN_OPTION);
    return;
  }

  if (words[0] == "share") {
    output(poll.share(option));
  } else {
    poll.voters.set(caller(), option.name);
    poll.save();
  }
}
