// An ERC-20 as ink!'s examples have it: new(u128), total_supply, balance_of, allowance, transfer, transfer_from, approve, with their events.
#include "seal.h"

enum { BALANCE = 1, ALLOWANCE = 2 };
static const uint32_t supply_key = 0;
static uint8_t input[128];
static uint8_t caller[32];

struct balance_key { uint32_t kind; uint8_t owner[32]; };
struct allowance_key { uint32_t kind; uint8_t owner[32], spender[32]; };

static uint32_t begin(void) {
    uint32_t length = sizeof input;
    seal_input(input, &length);
    if (length < 4) __builtin_trap();
    return load32(input);
}

static void who(void) {
    uint32_t length = 32;
    seal_caller(caller, &length);
}

static void copy(uint8_t *to, const uint8_t *from) { __builtin_memcpy(to, from, 32); }

static u128 amount(const void *key, uint32_t key_length) {
    u128 value = 0;
    uint32_t length = 16;
    return get_storage(key, key_length, &value, &length) == 0 ? value : 0;
}

static u128 balance(const uint8_t *owner) {
    struct balance_key key = {BALANCE};
    copy(key.owner, owner);
    return amount(&key, sizeof key);
}

static void set_balance(const uint8_t *owner, u128 value) {
    struct balance_key key = {BALANCE};
    copy(key.owner, owner);
    set_storage(&key, sizeof key, &value, 16);
}

static struct allowance_key allowance_of(const uint8_t *owner, const uint8_t *spender) {
    struct allowance_key key = {ALLOWANCE};
    copy(key.owner, owner);
    copy(key.spender, spender);
    return key;
}

static __attribute__((noreturn)) void give(u128 value) {
    uint8_t output[17] = {0};
    __builtin_memcpy(output + 1, &value, 16);
    seal_return(0, output, 17);
}

static __attribute__((noreturn)) void succeed(void) {
    static const uint8_t output[2] = {0, 0};
    seal_return(0, output, 2);
}

static __attribute__((noreturn)) void refuse(uint8_t error) {
    uint8_t output[3] = {0, 1, error};
    seal_return(1, output, 3);
}

static void tell(uint8_t kind, const uint8_t *from, const uint8_t *to, u128 value) {
    uint8_t data[1 + 33 + 33 + 16], *at = data;
    *at++ = kind;
    *at++ = from != 0;
    if (from) copy(at, from), at += 32;
    *at++ = 1;
    copy(at, to), at += 32;
    __builtin_memcpy(at, &value, 16);
    uint8_t topics[1 + 64] = {2 << 2};
    if (from) copy(topics + 1, from);
    copy(topics + 33, to);
    deposit_event(topics, sizeof topics, data, (uint32_t)(at + 16 - data));
}

static void move(const uint8_t *from, const uint8_t *to, u128 value) {
    u128 held = balance(from);
    if (held < value) refuse(0);
    set_balance(from, held - value);
    set_balance(to, balance(to) + value);
    tell(0, from, to, value);
}

EXPORT("deploy") void deploy(void) {
    if (begin() != SELECTOR(0x9b, 0xae, 0x9d, 0x5e)) __builtin_trap();
    u128 supply = load128(input + 4);
    who();
    set_storage(&supply_key, 4, &supply, 16);
    set_balance(caller, supply);
    tell(0, 0, caller, supply);
    succeed();
}

EXPORT("call") void call(void) {
    const uint8_t *first = input + 4, *second = input + 36;
    switch (begin()) {
        case SELECTOR(0xdb, 0x63, 0x75, 0xa8): give(amount(&supply_key, 4));
        case SELECTOR(0x0f, 0x75, 0x5a, 0x56): give(balance(first));
        case SELECTOR(0x6a, 0x00, 0x16, 0x5e): {
            struct allowance_key key = allowance_of(first, second);
            give(amount(&key, sizeof key));
        }
        case SELECTOR(0x84, 0xa1, 0x5d, 0xa1):
            who();
            move(caller, first, load128(second));
            succeed();
        case SELECTOR(0x68, 0x12, 0x66, 0xa0): {
            who();
            struct allowance_key key = allowance_of(caller, first);
            u128 value = load128(second);
            set_storage(&key, sizeof key, &value, 16);
            tell(1, caller, first, value);
            succeed();
        }
        case SELECTOR(0x0b, 0x39, 0x6f, 0x18): {
            who();
            struct allowance_key key = allowance_of(first, caller);
            u128 value = load128(input + 68), allowed = amount(&key, sizeof key);
            if (allowed < value) refuse(1);
            allowed -= value;
            move(first, second, value);
            set_storage(&key, sizeof key, &allowed, 16);
            succeed();
        }
    }
    __builtin_trap();
}
