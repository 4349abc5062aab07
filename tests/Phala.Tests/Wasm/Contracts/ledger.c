// A contract as clang compiles it: balances of accounts, moved by signed-in callers. Everything is little-endian.
//
//   deploy:  input u64 supply; the caller owns it
//   call:    input 0x00 account[32]             output u64 balance
//            input 0x01 account[32] u64 amount  moves from the caller; fails with 1 where the balance is too small
//            input 0x02                         output u64 supply
#include <stdint.h>

#define IMPORT(name) __attribute__((import_module("host"), import_name(#name)))
#define EXPORT(name) __attribute__((export_name(#name)))

IMPORT(input) uint32_t host_input(uint8_t *target, uint32_t capacity);
IMPORT(output) void host_output(const uint8_t *bytes, uint32_t length);
IMPORT(caller) void host_caller(uint8_t *account);
IMPORT(get) uint32_t host_get(const uint8_t *key, uint32_t key_length, uint8_t *target, uint32_t capacity);
IMPORT(set) void host_set(const uint8_t *key, uint32_t key_length, const uint8_t *value, uint32_t length);
IMPORT(fail) void host_fail(uint32_t code);

enum { ACCOUNT = 32, INSUFFICIENT = 1, MALFORMED = 2 };

typedef struct { uint8_t bytes[ACCOUNT]; } account;

static uint8_t message[1 + ACCOUNT + 8];

static uint64_t read_number(const uint8_t *from)
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--) number = number << 8 | from[i];
    return number;
}

static void write_number(uint8_t *to, uint64_t number)
{
    for (int i = 0; i < 8; i++) to[i] = (uint8_t)(number >> 8 * i);
}

static uint64_t get_number(const uint8_t *key, uint32_t length)
{
    uint8_t value[8];
    return host_get(key, length, value, sizeof value) == sizeof value ? read_number(value) : 0;
}

static void set_number(const uint8_t *key, uint32_t length, uint64_t number)
{
    uint8_t value[8];
    write_number(value, number);
    host_set(key, length, value, sizeof value);
}

static void answer(uint64_t number)
{
    uint8_t value[8];
    write_number(value, number);
    host_output(value, sizeof value);
}

static void transfer(const account *to, uint64_t amount)
{
    account from;
    host_caller(from.bytes);
    uint64_t available = get_number(from.bytes, ACCOUNT);
    if (available < amount)
    {
        host_fail(INSUFFICIENT);
        return;
    }

    set_number(from.bytes, ACCOUNT, available - amount);
    set_number(to->bytes, ACCOUNT, get_number(to->bytes, ACCOUNT) + amount);
}

EXPORT(deploy) void deploy(void)
{
    account owner;
    if (host_input(message, sizeof message) != 8)
    {
        host_fail(MALFORMED);
        return;
    }

    host_caller(owner.bytes);
    uint64_t supply = read_number(message);
    set_number(owner.bytes, ACCOUNT, supply);
    set_number((const uint8_t *)"supply", 6, supply);
}

EXPORT(call) void call(void)
{
    uint32_t length = host_input(message, sizeof message);
    const account *subject = (const account *)(message + 1);
    if (length == 1 + ACCOUNT && message[0] == 0) answer(get_number(subject->bytes, ACCOUNT));
    else if (length == 1 + ACCOUNT + 8 && message[0] == 1) transfer(subject, read_number(message + 1 + ACCOUNT));
    else if (length == 1 && message[0] == 2) answer(get_number((const uint8_t *)"supply", 6));
    else host_fail(MALFORMED);
}
